import { Problem } from '@rnoce/schemas/problems';
import { ApiError } from './api-error.ts';

/** The error that an answer without success stands for; `unreadable` when its body is no problem of ours. */
export function errorOfAnswer(status: number, body: unknown, retryAfterHeader: string | null): ApiError {
  const retryAfter = Number(retryAfterHeader) || undefined;
  const problem = Problem.safeParse(body);
  return new ApiError({
    status,
    code: problem.success ? problem.data.code : 'unreadable',
    ...(problem.success ? { problem: problem.data } : {}),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
}
