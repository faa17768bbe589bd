import type { Deps } from '../deps.ts';
import { answerResetRequest } from '../features/accounts/request-password-reset.ts';
import type { JobData } from './queue.ts';

/** Answers « Recevoir le lien », out of sight of who asked. */
export const resetPassword = (deps: Deps, { requestId }: JobData['reset-password']): Promise<void> =>
  answerResetRequest(deps, requestId);
