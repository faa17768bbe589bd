import type { Deps } from '../deps.ts';
import { cleanUp } from './clean-up.ts';
import type { JobHandlers } from './queue.ts';
import { resetPassword } from './reset-password.ts';

/** The handler of each kind of job. */
export const jobHandlers = (deps: Deps): JobHandlers => ({
  'clean-up': () => cleanUp(deps),
  'reset-password': (data) => resetPassword(deps, data),
});
