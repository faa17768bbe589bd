import { ApiError } from '@rnoce/api-client/api-error';

let broken = false;

/**
 * Loads a module that the first screen does without. A browser remembers a part that could not be loaded and never asks for
 * it again: once the network is back, only a new page helps. Throws `ApiError`.
 */
export async function loadLater<Module>(load: () => Promise<Module>): Promise<Module> {
  if (broken && navigator.onLine) window.location.reload();
  try {
    return await load();
  } catch (cause) {
    broken = true;
    throw new ApiError({ status: 0, code: 'offline', cause });
  }
}
