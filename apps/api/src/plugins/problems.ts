import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { acceptedLanguages, chooseLocale, type Locale, localeStorageKey } from '@rnoce/i18n';
import { translate } from '@rnoce/i18n/translate';
import {
  type Issue,
  type IssueParams,
  type Problem,
  type ProblemCode,
  problemStatuses,
  type Route,
} from '@rnoce/schemas';
import type { ConnectionError, FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseAway } from '../db/database.ts';
import { declaresProblem } from './route-problems.ts';
import type { HeadersFor } from './security-headers.ts';

/** An answer that isn't a success. Features make theirs in `<feature>.errors.ts`; this plugin turns them into HTTP. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly issues: readonly Issue[];
  readonly params: IssueParams | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ProblemCode,
    options: {
      issues?: readonly Issue[];
      params?: IssueParams;
      retryAfterSeconds?: number;
      cause?: unknown;
    } = {},
  ) {
    super(code, { cause: options.cause });
    this.name = 'ProblemError';
    this.code = code;
    this.issues = options.issues ?? [];
    this.params = options.params;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

export const notFound = () => new ProblemError('not_found');
export const invalid = (issues: readonly Issue[]) => new ProblemError('validation', { issues });

/** The language of an answer: the cookie of who chose one, else what the browser prefers. */
export function localeOf(request: FastifyRequest): Locale {
  // Read by a hook of the cookies' plugin, which a request of no address never meets.
  const { cookies } = request as { cookies?: Readonly<Record<string, string | undefined>> | null };
  return chooseLocale({
    stored: cookies?.[localeStorageKey],
    languages: acceptedLanguages(request.headers['accept-language']),
  });
}

/** Fastify's own errors, by their code, as our problems. */
const fastifyProblems: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed',
  FST_ERR_BAD_URL: 'malformed',
  FST_ERR_ASYNC_CONSTRAINT: 'malformed',
  // A name that long is a name of nothing.
  FST_ERR_MAX_PARAM_LENGTH: 'not_found',
  FST_REQ_FILE_TOO_LARGE: 'file_too_large',
  FST_UNDER_PRESSURE: 'overloaded',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'unsupported_media_type',
};

/** Reads any thrown value as a problem; what isn't known is `internal`, and is logged whole. */
function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof Error) {
    const { code, statusCode } = error as Partial<FastifyError>;
    const known = code === undefined ? undefined : fastifyProblems[code];
    if (known)
      return new ProblemError(known, {
        cause: error,
        ...(known === 'overloaded' ? { retryAfterSeconds: 5 } : {}),
      });
    if (statusCode === 400) return new ProblemError('malformed', { cause: error });
    if (statusCode === 413) return new ProblemError('body_too_large', { cause: error });
    if (statusCode === 503) return new ProblemError('overloaded', { cause: error, retryAfterSeconds: 5 });
  }
  // After the request's own faults: a sender who hangs up leaves the same codes as a server that does.
  if (isDatabaseAway(error))
    return new ProblemError('database_unavailable', { cause: error, retryAfterSeconds: 5 });
  return new ProblemError('internal', { cause: error });
}

/** Where people read what problems mean: each has its page below, which its `type` leads to. */
export const problemsPath = '/api/docs/problems';

/** Makes the body of a problem in the caller's language (RFC 9457). */
export function presentProblem(error: ProblemError, locale: Locale, requestId: string): Problem {
  return {
    type: `${problemsPath}/${error.code}`,
    title: translate(locale, `errors:problem.${error.code}.title`),
    status: problemStatuses[error.code],
    detail: translate(locale, `errors:problem.${error.code}.detail`, error.params),
    code: error.code,
    requestId,
    ...(error.params ? { params: error.params } : {}),
    ...(error.issues.length > 0
      ? {
          errors: error.issues.map(({ pointer, code, params }) => ({
            pointer,
            code,
            message: translate(locale, `errors:field.${code}`, params),
            ...(params ? { params } : {}),
          })),
        }
      : {}),
  };
}

/** What is logged of an answer that the documentation of its route doesn't tell: a fault of the contract, of which its client is no judge. */
export const undeclaredProblem = 'the route does not declare this problem';

/** The declaration of the route that is asked for; none for a page, and for an address that can't be read. */
const contractOf = (request: FastifyRequest): Route | undefined => {
  const { routeOptions } = request as { routeOptions?: { config?: { contract?: Route } } };
  return routeOptions?.config?.contract;
};

async function sendProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const problem = problemOf(error);
  const status = problemStatuses[problem.code];
  // In a flood, one short line for each who is turned away: nothing is broken, and writing more would feed the flood.
  if (problem.code === 'overloaded') request.log.warn({ problem: problem.code }, 'refused');
  else if (status >= 500) request.log.error({ err: problem.cause ?? problem }, problem.code);
  else request.log.info({ problem: problem.code }, 'refused');
  const contract = contractOf(request);
  if (contract && !declaresProblem(contract, problem.code))
    request.log.warn({ problem: problem.code, route: contract.name }, undeclaredProblem);
  // RFC 9110, 11.6.1. It makes no browser ask for anything.
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  if (problem.retryAfterSeconds !== undefined)
    reply.header('retry-after', String(Math.max(1, Math.ceil(problem.retryAfterSeconds))));
  return await reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(presentProblem(problem, localeOf(request), request.id));
}

/** What Fastify answers before any hook, to an address that can't be read, as the problem that it is. */
export const answerFrameworkError =
  (headersFor: HeadersFor) =>
  (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    void reply.headers(headersFor(request.url)).header('x-request-id', request.id);
    void sendProblem(error, request, reply);
  };

/** Of Node's parser: a request that took too long to come. Everything else is one that can't be read. */
const lateCode = 'ERR_HTTP_REQUEST_TIMEOUT';

/** What is answered to what Node's parser refuses, before there is a request: broken framing, headers without end, another protocol. */
export const answerUnreadable = (headersFor: HeadersFor) =>
  function answer(this: FastifyInstance, error: ConnectionError, socket: Socket): void {
    // Who hung up is told nothing.
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    const problem = new ProblemError(error.code === lateCode ? 'timeout' : 'malformed', { cause: error });
    const status = problemStatuses[problem.code];
    const requestId = crypto.randomUUID();
    this.log.info({ reqId: requestId, problem: problem.code, reason: error.code }, 'refused');
    const body = JSON.stringify(presentProblem(problem, chooseLocale({ languages: [] }), requestId));
    if (socket.writable)
      socket.write(
        [
          `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}`,
          'content-type: application/problem+json; charset=utf-8',
          `content-length: ${String(Buffer.byteLength(body))}`,
          ...Object.entries(headersFor('/')).map(([name, value]) => `${name}: ${value}`),
          'cache-control: no-store',
          `x-request-id: ${requestId}`,
          'connection: close',
          '',
          body,
        ].join('\r\n'),
      );
    socket.destroy(error);
  };

/** Registers the one place where errors become HTTP. Called before any plugin, so that theirs are caught too. */
export function handleProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  app.setNotFoundHandler((request, reply) => sendProblem(notFound(), request, reply));
}
