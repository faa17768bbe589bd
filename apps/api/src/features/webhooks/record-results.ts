import { type disabledReasons, webhookDisableDays, webhookRetrySeconds } from '@rnoce/schemas';
import { asc, inArray, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import { webhookEndpoints } from '../../db/schema/webhooks.ts';
import type { Deps } from '../../deps.ts';
import type { WebhookAnswer } from '../../integrations/webhook/webhook-caller.ts';
import type { ClaimedDelivery } from './claim-deliveries.ts';
import { tellDisabled } from './tell-disabled.ts';

/** What became of one try. */
export interface DeliveryResult extends Pick<ClaimedDelivery, 'id' | 'endpointId' | 'tries' | 'lease'> {
  readonly answer: WebhookAnswer;
  /** When the call began, and when it ended. */
  readonly at: Date;
  readonly endedAt: Date;
  readonly durationMs: number;
}

const dayMs = 86_400_000;
/** An endpoint may ask for a pause, but not put us off for ever. */
const longestPauseMs = dayMs;
const gone = 410;

/** Whether the endpoint took it: any 2xx. */
export const isTaken = ({ answer: { status } }: DeliveryResult): boolean =>
  status !== null && status >= 200 && status < 300;

/** `Retry-After` in milliseconds, seconds or a date (RFC 9110, 10.2.3); 0 when it says nothing. */
function pauseAsked({ answer: { retryAfter }, endedAt }: DeliveryResult): number {
  if (retryAfter === undefined) return 0;
  const asked = /^\d{1,9}$/.test(retryAfter)
    ? Number(retryAfter) * 1000
    : Date.parse(retryAfter) - endedAt.getTime();
  return Number.isNaN(asked) ? 0 : Math.min(asked, longestPauseMs);
}

/** When it is tried next; null when it isn't. */
function nextTry(result: DeliveryResult): Date | null {
  const seconds = webhookRetrySeconds[result.tries];
  if (isTaken(result) || result.answer.status === gone || seconds === undefined) return null;
  return new Date(result.endedAt.getTime() + Math.max(seconds * 1000, pauseAsked(result)));
}

interface EndpointChange {
  readonly lastDeliveredAt: Date | null;
  readonly failingSince: Date | null;
  readonly disabledReason: (typeof disabledReasons)[number] | null;
}

/** How an endpoint stands after these tries, in the order in which they ended. */
function judgeEndpoint(before: EndpointChange, results: readonly DeliveryResult[]): EndpointChange {
  let { lastDeliveredAt, failingSince, disabledReason } = before;
  for (const result of results) {
    if (isTaken(result)) {
      lastDeliveredAt = result.endedAt;
      failingSince = null;
      continue;
    }
    failingSince ??= result.endedAt;
    if (disabledReason !== null) continue;
    if (result.answer.status === gone) disabledReason = 'gone';
    else if (result.endedAt.getTime() - failingSince.getTime() >= webhookDisableDays * dayMs)
      disabledReason = 'failures';
  }
  return { lastDeliveredAt, failingSince, disabledReason };
}

/**
 * Writes what became of tries: the journal, what is tried again and when, how the endpoints stand; one that took nothing for days, or says
 * that it is gone, is disabled and its integrator written to. Endpoints are locked before deliveries, as everywhere. A try whose delivery
 * was claimed again meanwhile counts only if it went well.
 */
export async function recordResults(
  tx: Transaction,
  deps: Pick<Deps, 'jobs'>,
  results: readonly DeliveryResult[],
): Promise<void> {
  const byEndpoint = Map.groupBy(results, ({ endpointId }) => endpointId);
  const endpoints = await tx
    .select()
    .from(webhookEndpoints)
    .where(inArray(webhookEndpoints.id, [...byEndpoint.keys()]))
    .orderBy(asc(webhookEndpoints.id))
    .for('no key update');
  await writeDeliveries(tx, results);
  const judged = endpoints.map((endpoint) => ({
    endpoint,
    after: judgeEndpoint(endpoint, byEndpoint.get(endpoint.id) ?? []),
  }));
  const instant = (at: Date | null) => at?.toISOString() ?? null;
  await tx.execute(sql`
    update webhook_endpoints w set last_delivered_at = j.delivered, failing_since = j.failing,
      disabled_reason = j.reason, enabled = j.reason is null
    from unnest(
      ${sql.param(judged.map(({ endpoint }) => endpoint.id))}::uuid[],
      ${sql.param(judged.map(({ after }) => instant(after.lastDeliveredAt)))}::timestamptz[],
      ${sql.param(judged.map(({ after }) => instant(after.failingSince)))}::timestamptz[],
      ${sql.param(judged.map(({ after }) => after.disabledReason))}::text[]
    ) j(id, delivered, failing, reason)
    where w.id = j.id`);
  for (const { endpoint, after } of judged)
    if (endpoint.disabledReason === null && after.disabledReason !== null)
      await tellDisabled(tx, deps, { ...endpoint, ...after });
}

async function writeDeliveries(tx: Transaction, results: readonly DeliveryResult[]): Promise<void> {
  const ids = sql.param(results.map(({ id }) => id));
  // Those that are there still: an endpoint may have been given up with all that was on its way.
  await tx.execute(
    sql`select from webhook_deliveries where id = any(${ids}::uuid[]) order by id for no key update`,
  );
  await tx.execute(sql`
    update webhook_deliveries d set tries = d.tries + 1, status = r.status, next_try_at = r.next
    from unnest(
      ${ids}::uuid[],
      ${sql.param(results.map(({ lease }) => lease.toISOString()))}::timestamptz[],
      ${sql.param(results.map((result) => (isTaken(result) ? 'delivered' : nextTry(result) ? 'pending' : 'failed')))}::text[],
      ${sql.param(results.map((result) => nextTry(result)?.toISOString() ?? null))}::timestamptz[]
    ) r(id, lease, status, next)
    where d.id = r.id and (r.status = 'delivered' or (d.status = 'pending' and d.next_try_at = r.lease))`);
  await tx.execute(sql`
    insert into webhook_attempts (delivery_id, at, duration_ms, status, error, answer)
    select r.id, r.at, r.duration, r.status, r.error, r.answer
    from unnest(
      ${ids}::uuid[],
      ${sql.param(results.map(({ at }) => at.toISOString()))}::timestamptz[],
      ${sql.param(results.map(({ durationMs }) => durationMs))}::int[],
      ${sql.param(results.map(({ answer }) => answer.status))}::int[],
      ${sql.param(results.map(({ answer }) => answer.error))}::text[],
      ${sql.param(results.map(({ answer }) => answer.answer))}::text[]
    ) r(id, at, duration, status, error, answer)
    join webhook_deliveries d on d.id = r.id`);
}
