import { createHash, timingSafeEqual } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Deps } from '../deps.ts';
import { ProblemError } from './problems.ts';

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Measures for Prometheus at `GET /metrics`: requests by route and status, the process, jobs and e-mails waiting. Closed without
 * METRICS_TOKEN. Routes are named by their pattern, so that no identifier reaches a measure.
 */
export function measure(app: FastifyInstance, { environment, database }: Deps): void {
  const { METRICS_TOKEN } = environment;
  const config = { page: true } as const;
  if (METRICS_TOKEN === '') return;
  const register = new Registry();
  collectDefaultMetrics({ register });
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the end of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [register],
  });
  register.registerMetric(
    new Gauge({
      name: 'jobs_waiting',
      help: 'Jobs not finished yet, and those given up, by queue and state',
      labelNames: ['queue', 'state'],
      registers: [],
      async collect() {
        const { rows } = await database.execute<{ name: string; state: string; count: number }>(
          sql`select name, state::text as state, count(*)::int as count from jobs.job
            where state in ('created', 'retry', 'active', 'failed') group by name, state`,
        );
        this.reset();
        for (const { name, state, count } of rows) this.set({ queue: name, state }, count);
      },
    }),
  );

  app.addHook('onResponse', async (request, reply) => {
    requests.observe(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: String(reply.statusCode),
      },
      reply.elapsedTime / 1000,
    );
  });

  const expected = sha256(`Bearer ${METRICS_TOKEN}`);
  app.get('/metrics', { config }, async (request, reply) => {
    if (!timingSafeEqual(sha256(request.headers.authorization ?? ''), expected))
      throw new ProblemError('not_signed_in');
    return await reply
      .type(register.contentType)
      .header('cache-control', 'no-store')
      .send(await register.metrics());
  });
}
