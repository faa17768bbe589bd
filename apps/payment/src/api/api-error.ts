import type { Problem, ProblemCode } from '@rnoce/schemas';

/** What can happen beside an answer of the API. */
export type Trouble = 'offline' | 'timeout' | 'unreadable';

/** A call that didn't succeed. Its words for people are the problem's, in their language, or the page's own for a `Trouble`. */
export class ApiError extends Error {
  readonly code: ProblemCode | Trouble;
  readonly status: number;
  readonly problem: Problem | undefined;
  /** Seconds to wait, when the answer says so. */
  readonly retryAfter: number | undefined;
  /** For the assistance, to find the call in the log. */
  readonly requestId: string | undefined;

  constructor(
    code: ProblemCode | Trouble,
    answer: {
      status?: number;
      problem?: Problem;
      retryAfter?: number;
      requestId?: string;
      cause?: unknown;
    } = {},
  ) {
    super(answer.problem?.detail ?? code, { cause: answer.cause });
    this.name = 'ApiError';
    this.code = code;
    this.status = answer.status ?? 0;
    this.problem = answer.problem;
    this.retryAfter = answer.retryAfter;
    this.requestId = answer.requestId;
  }
}

/** Whether nothing is known of what the call did: the same call, with the same key, is then safe and right. */
export const isUnanswered = ({ code, status }: ApiError): boolean =>
  code === 'offline' || code === 'timeout' || code === 'unreadable' || status >= 500;
