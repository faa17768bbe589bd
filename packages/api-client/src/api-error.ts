import type { Problem } from '@rnoce/schemas/problems';

/** Why a call gave no answer at all: no network, too long, or cut off by the caller. */
export type TransportFailure = 'offline' | 'timeout' | 'aborted' | 'unreadable';

type ProblemIssues = NonNullable<Problem['errors']>;

/** Any call that didn't succeed. `status` 0: the request or its answer was lost, see `failure`. */
export class ApiError extends Error {
  readonly status: number;
  /** The problem's stable code, or the transport's failure. */
  readonly code: Problem['code'] | TransportFailure;
  readonly problem: Problem | undefined;
  /** Seconds to wait before another try, when the server said so. */
  readonly retryAfter: number | undefined;

  constructor(options: {
    status: number;
    code: ApiError['code'];
    problem?: Problem;
    retryAfter?: number;
    cause?: unknown;
  }) {
    super(options.problem?.detail ?? options.code, { cause: options.cause });
    this.name = 'ApiError';
    this.status = options.status;
    this.code = options.code;
    this.problem = options.problem;
    this.retryAfter = options.retryAfter;
  }

  /** What is wrong in the body, by JSON pointer. */
  get issues(): ProblemIssues {
    return this.problem?.errors ?? [];
  }

  /** For the assistance. */
  get requestId(): string | undefined {
    return this.problem?.requestId;
  }
}
