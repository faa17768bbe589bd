import { redirect, replace } from 'react-router';

const trimmed = (path: string): string => path.replace(/\/$/, '');

/**
 * Leads from the address of a loader to another. An address that the browser shows already (opened from outside, reloaded, gone
 * back to) gives way to it in the history: else going back would come to it and be led on again, for ever.
 */
export function leadOn(request: Request, to: string): Response {
  const shown = trimmed(new URL(request.url).pathname) === trimmed(window.location.pathname);
  return shown ? replace(to) : redirect(to);
}
