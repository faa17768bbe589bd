import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { loggedUrl } from '../logged-url.ts';
import { callerName } from './principal.ts';

/** A line made here holds no secret, and isn't searched for one. */
const plain = { redact: [], serializers: { req: (req: object) => req, res: (res: object) => res } };

const lineOf = ({ id, principal, method, url, ip }: FastifyRequest) => ({
  reqId: id,
  ...(principal && { caller: callerName(principal) }),
  ...(principal?.kind === 'integrator' && { keyId: principal.keyId }),
  req: { method, url: loggedUrl(url), remoteAddress: ip },
});

/**
 * Writes one line a request, once it is answered: who asked what, what they were answered and how long it took; at `debug`, one more when it
 * comes. Without those who hang up (`logHangUps`).
 */
export class RequestLog extends LogController {
  readonly #lines: FastifyBaseLogger;

  constructor(log: FastifyBaseLogger) {
    super();
    this.#lines = log.child({}, plain);
  }

  override incomingRequest(request: FastifyRequest): void {
    request.log.debug({ req: request }, 'incoming request');
  }

  override requestCompleted(
    error: Error | null | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    const { statusCode, elapsedTime: responseTime } = reply;
    const line = { ...lineOf(request), res: { statusCode }, responseTime };
    if (error) this.#lines.error({ ...line, err: error }, 'request errored');
    else this.#lines.info(line, 'request completed');
  }
}

/** A request whose sender hung up before the answer has its line too. */
export function logHangUps(app: FastifyInstance): void {
  app.addHook('onRequestAbort', (request, done) => {
    request.log.info({ req: request }, 'request aborted');
    done();
  });
}
