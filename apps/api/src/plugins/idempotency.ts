import { createHmac } from 'node:crypto';
import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { idempotencyKeys } from '../db/schema/requests.ts';
import type { Deps } from '../deps.ts';
import { callerName } from './principal.ts';
import { ProblemError } from './problems.ts';

declare module 'fastify' {
  interface FastifyRequest {
    idempotencyKey: { caller: string; route: string; key: string } | null;
  }
}

/** How long an answer is kept (spec/api.md, Conventions), and after how long a request without an answer is taken for dead. */
const keptInterval = sql`interval '24 hours'`;
const deadInterval = sql`interval '60 seconds'`;
const keptHeaders = ['etag', 'location', 'content-type'] as const;

/** 128 bits in base64url: a key that nobody but who drew it can know. */
const secretKeyLength = 22;

/**
 * Nobody is signed in on a route for anyone: a long random key is its caller's own mark, and follows a phone from one network to another; a
 * short one, which a stranger could meet, counts for its address alone.
 */
const callerOf = ({ principal, ip }: FastifyRequest, key: string): string => {
  if (principal) return callerName(principal);
  return key.length >= secretKeyLength ? 'holder of the key' : `address ${ip}`;
};

/** Known by its key; or only by showing one, where anyone may call and no key is read. */
const isProgram = ({ principal, headers }: FastifyRequest): boolean =>
  principal?.kind === 'integrator' || /^bearer\s+rnoce_/i.test(headers.authorization ?? '');

/**
 * The same key and body answer the same for 24 h, per caller and route; another body is refused, and so is a twin still running.
 * It doesn't cover a process killed between its commit and the record of its answer: the retry then runs again, and meets the
 * states of what was changed.
 */
export function keepAnswers(app: FastifyInstance, { database, environment }: Deps): void {
  app.decorateRequest('idempotencyKey', null);

  app.addHook('preHandler', async (request, reply) => {
    const { contract } = request.routeOptions.config;
    const key = request.headers['idempotency-key'];
    if (!contract?.idempotent) return;
    if (typeof key !== 'string') {
      // A program repeats what got no answer, and nobody is there to see that it was done twice.
      if (isProgram(request)) throw new ProblemError('idempotency_key_missing');
      return;
    }
    if (!/^[\x21-\x7e]{8,200}$/.test(key)) throw new ProblemError('idempotency_key_invalid');
    // What stands behind the path is no part of the route, and too long for the index.
    const [path = ''] = request.url.split('?');
    const id = { caller: callerOf(request, key), route: `${request.method} ${path}`, key };
    const same = and(
      eq(idempotencyKeys.caller, id.caller),
      eq(idempotencyKeys.route, id.route),
      eq(idempotencyKeys.key, key),
    );
    // Keyed: a body may hold a password, which could be tried out from a plain hash.
    const bodyHash = createHmac('sha256', environment.SESSION_SECRET)
      // A query that the route declares says what is done, as the body does.
      .update(contract.query ? JSON.stringify(request.query) : '')
      .update(Buffer.isBuffer(request.body) ? request.body : JSON.stringify(request.body ?? null))
      .digest('hex');
    await database
      .delete(idempotencyKeys)
      .where(
        and(
          same,
          or(
            lt(idempotencyKeys.createdAt, sql`now() - ${keptInterval}`),
            and(isNull(idempotencyKeys.status), lt(idempotencyKeys.createdAt, sql`now() - ${deadInterval}`)),
          ),
        ),
      );
    const taken = await database
      .insert(idempotencyKeys)
      .values({ ...id, bodyHash })
      .onConflictDoNothing()
      .returning({ key: idempotencyKeys.key });
    if (taken.length > 0) {
      request.idempotencyKey = id;
      return;
    }
    const [kept] = await database.select().from(idempotencyKeys).where(same);
    if (kept && kept.bodyHash !== bodyHash) throw new ProblemError('idempotency_key_reused');
    if (!kept || kept.status === null) throw new ProblemError('request_running', { retryAfterSeconds: 2 });
    await reply
      .code(kept.status)
      .headers({ ...kept.headers, 'idempotent-replayed': 'true' })
      .serializer((body: unknown) => String(body))
      .send(kept.body ?? '');
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const id = request.idempotencyKey;
    if (!id) return payload;
    request.idempotencyKey = null;
    const same = and(
      eq(idempotencyKeys.caller, id.caller),
      eq(idempotencyKeys.route, id.route),
      eq(idempotencyKeys.key, id.key),
    );
    // A failure of ours, or « slow down », is no answer to keep: the retry must be free to succeed.
    if (reply.statusCode >= 500 || reply.statusCode === 429) {
      await database.delete(idempotencyKeys).where(same);
      return payload;
    }
    const headers = Object.fromEntries(
      keptHeaders.flatMap((name) => {
        const value = reply.getHeader(name);
        return value === undefined ? [] : [[name, String(value)]];
      }),
    );
    await database
      .update(idempotencyKeys)
      .set({ status: reply.statusCode, headers, body: typeof payload === 'string' ? payload : '' })
      .where(same);
    return payload;
  });
}
