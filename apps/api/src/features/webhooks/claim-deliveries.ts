import { sql } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';

/** A delivery that this process is to try, until its lease ends. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly eventId: string;
  readonly endpointId: string;
  readonly integratorId: string;
  /** How often it was tried before. */
  readonly tries: number;
  readonly body: string;
  readonly url: string;
  /** Sealed. */
  readonly secret: string;
  readonly previousSecret: string | null;
  readonly previousSecretUntil: Date | null;
  /** As it is written in the row: what was claimed again since has another one. */
  readonly lease: Date;
}

export interface ClaimLimits {
  /** Deliveries to one endpoint at once. */
  readonly perEndpoint: number;
  /** The same, of an endpoint whose last call failed: enough to see that it is back. */
  readonly perFailingEndpoint: number;
  /** How many more this process can take. */
  readonly room: number;
  /** What this process is trying, by endpoint. */
  readonly underWay: ReadonlyMap<string, number>;
}

interface Row extends Record<string, unknown> {
  id: string;
  event_id: string;
  endpoint_id: string;
  integrator_id: string;
  tries: number;
  body: string;
  url: string;
  secret: string;
  previous_secret: string | null;
  previous_secret_until: string | null;
}

/**
 * Takes what is due, each endpoint's oldest first and each endpoint in its turn, so that the backlog of one holds up no other. Other processes
 * skip what this one locks, and then what it leased: until `lease` nobody else tries it, and a process that dies loses nothing.
 */
export async function claimDeliveries(
  executor: Executor,
  { now, lease }: { now: Date; lease: Date },
  { perEndpoint, perFailingEndpoint, room, underWay }: ClaimLimits,
): Promise<ClaimedDelivery[]> {
  const { rows } = await executor.execute<Row>(sql`
    with open as (
      select w.id, w.integrator_id, w.url, w.secret, w.previous_secret, w.previous_secret_until,
        case when w.failing_since is null then ${perEndpoint}::int else ${perFailingEndpoint}::int end - coalesce(u.n, 0) as room
      from webhook_endpoints w
      join integrators i on i.id = w.integrator_id and i.active
      left join unnest(${sql.param([...underWay.keys()])}::uuid[], ${sql.param([...underWay.values()])}::int[]) u(id, n) on u.id = w.id
      where w.enabled
    ), due as (
      select o.id as endpoint_id, d.id, d.next_try_at, row_number() over (partition by o.id order by d.next_try_at, d.id) as turn
      from open o cross join lateral (
        select d.id, d.next_try_at from webhook_deliveries d
        where d.endpoint_id = o.id and d.status = 'pending' and d.next_try_at <= ${now.toISOString()}::timestamptz
        order by d.next_try_at, d.id
        limit greatest(o.room, 0)
        for no key update skip locked
      ) d
    ), chosen as (
      select id from due order by turn, next_try_at limit ${room}::int
    )
    update webhook_deliveries d set next_try_at = ${lease.toISOString()}::timestamptz
    from chosen c, open o, events e
    where d.id = c.id and o.id = d.endpoint_id and e.id = d.event_id
    returning d.id, d.event_id, d.endpoint_id, d.tries, e.body, o.integrator_id, o.url, o.secret, o.previous_secret, o.previous_secret_until`);
  return rows.map((row) => ({
    id: row.id,
    eventId: row.event_id,
    endpointId: row.endpoint_id,
    integratorId: row.integrator_id,
    tries: row.tries,
    body: row.body,
    url: row.url,
    secret: row.secret,
    previousSecret: row.previous_secret,
    previousSecretUntil: row.previous_secret_until === null ? null : new Date(row.previous_secret_until),
    lease,
  }));
}

/** Gives back what this process claimed and didn't try to the end: another one may take it up at once. */
export async function releaseDeliveries(
  executor: Executor,
  claimed: readonly ClaimedDelivery[],
  now: Date,
): Promise<void> {
  await executor.execute(sql`
    update webhook_deliveries d set next_try_at = ${now.toISOString()}::timestamptz
    from unnest(
      ${sql.param(claimed.map(({ id }) => id))}::uuid[],
      ${sql.param(claimed.map(({ lease }) => lease.toISOString()))}::timestamptz[]
    ) c(id, lease)
    where d.id = c.id and d.status = 'pending' and d.next_try_at = c.lease`);
}
