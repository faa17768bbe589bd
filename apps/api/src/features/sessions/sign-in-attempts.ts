import { createHmac } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { eq, inArray, sql } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { signInAttempts } from '../../db/schema/sessions.ts';
import type { Deps } from '../../deps.ts';
import { ProblemError } from '../../plugins/problems.ts';

/** What is tried: each scope has its own counters. */
type AttemptScope = 'operator' | 'agent' | 'agent-code' | 'password-change' | 'agent-password-change';

interface Limits {
  /** From this failure on, the next attempt waits: 30 s, and twice as long after each one. */
  readonly slow: number;
  /** From this failure on, it waits the longest time. */
  readonly lock: number;
}
/** An address may be a whole office behind one router, so it is given more room. */
const accountLimits: Limits = { slow: 5, lock: 10 };
const addressLimits: Limits = { slow: 30, lock: 60 };
const slowSeconds = 30;
const lockSeconds = 15 * 60;
/** Counters start again after a day without a failure. */
const forgottenInterval = sql`interval '24 hours'`;

interface Attempted {
  readonly scope: AttemptScope;
  /** The login tried, whether it has an account or not: the lock doesn't tell. */
  readonly email: string;
  /** A browser in which this login was opened before: it counts by itself, so that nobody can lock out its owner from elsewhere. */
  readonly device?: string | undefined;
}

/** IPv6 networks hand out a /64 to one person. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

/** Counters are kept without the e-mails and addresses that they count. */
const keyOf = (
  { SESSION_SECRET }: Deps['environment'],
  scope: AttemptScope,
  kind: string,
  whom: string,
): string =>
  createHmac('sha256', SESSION_SECRET).update(`attempts ${scope} ${kind} ${whom}`).digest('base64url');

/** The counter of a login; those of the browsers that count by themselves start with it. */
function loginKeyOf(environment: Deps['environment'], { scope, email, device }: Attempted): string {
  const login = keyOf(environment, scope, 'login', email);
  return device === undefined ? login : `${login}.${device}`;
}

/**
 * Counts an attempt as failed before it is made, in one statement: attempts made at once can't slip past the limit. Returns the seconds
 * to wait when it may not be made.
 */
async function reserve(
  executor: Executor,
  key: string,
  { slow, lock }: Limits,
  now: Date,
): Promise<number | undefined> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const failures = sql`(case when a.last_at < ${at} - ${forgottenInterval} then 1 else a.failures + 1 end)`;
  const lockedUntil = sql`case
    when ${failures} >= ${lock}::int then ${at} + make_interval(secs => ${lockSeconds}::int)
    when ${failures} >= ${slow}::int
      then ${at} + make_interval(secs => ${slowSeconds}::int * power(2, ${failures} - ${slow}::int))
    end`;
  const { rowCount } = await executor.execute(sql`
    insert into sign_in_attempts as a (key, failures, last_at) values (${key}, 1, ${at})
    on conflict (key) do update set failures = ${failures}, locked_until = ${lockedUntil}, last_at = ${at}
    where a.locked_until is null or a.locked_until <= ${at}`);
  if (rowCount) return undefined;
  const [row] = await executor
    .select({ lockedUntil: signInAttempts.lockedUntil })
    .from(signInAttempts)
    .where(eq(signInAttempts.key, key));
  return Math.max(1, Math.ceil(((row?.lockedUntil ?? now).getTime() - now.getTime()) / 1000));
}

const locked = (seconds: number) =>
  new ProblemError('locked', {
    retryAfterSeconds: seconds,
    params: { minutes: Math.ceil(seconds / 60) },
  });

/**
 * Makes an attempt under the limits of its login and, as every limit of an address only while `RATE_LIMITS` is on, of its address: what
 * locks a login is how the product behaves, not a limit to turn off. The login's counter starts again at a success; the address loses only
 * what this attempt added, or an account of one's own would reset it. Each refusal is in the log with the key of its login, by which the
 * refusals of one login are counted without its name. Throws `locked`, or what the attempt throws.
 */
export async function withAttempt<T>(
  { database, environment, now, log }: Deps,
  { scope, email, device, address }: Attempted & { address: string },
  attempt: () => Promise<T>,
): Promise<T> {
  const accountKey = loginKeyOf(environment, { scope, email, device });
  const addressKeys = environment.RATE_LIMITS
    ? [keyOf(environment, scope, 'address', networkOf(address))]
    : [];
  const refused = (error: ProblemError): ProblemError => {
    const login = keyOf(environment, scope, 'login', email);
    log.info({ audit: 'attempt_refused', scope, login, problem: error.code }, 'an attempt was refused');
    return error;
  };
  const counters = [
    ...addressKeys.map((key) => ({ key, limits: addressLimits })),
    { key: accountKey, limits: accountLimits },
  ];
  for (const { key, limits } of counters) {
    const seconds = await reserve(database, key, limits, now());
    if (seconds !== undefined) throw refused(locked(seconds));
  }
  const takeBack = async (keys: readonly string[]) => {
    if (keys.length === 0) return;
    await database
      .update(signInAttempts)
      .set({ failures: sql`greatest(${signInAttempts.failures} - 1, 0)`, lockedUntil: null })
      .where(inArray(signInAttempts.key, [...keys]));
  };
  try {
    const result = await attempt();
    await takeBack(addressKeys);
    await database.delete(signInAttempts).where(eq(signInAttempts.key, accountKey));
    return result;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (error.code !== 'overloaded') throw refused(error);
    // The service couldn't judge it: no failure of who tried.
    await takeBack([...addressKeys, accountKey]);
    throw error;
  }
}

/** Lifts the lock of a login, in every browser, for who proved by the e-mail's link to own it. */
export async function clearAttempts(
  executor: Executor,
  { environment }: Pick<Deps, 'environment'>,
  { scope, email }: Omit<Attempted, 'device'>,
): Promise<void> {
  await executor
    .delete(signInAttempts)
    .where(sql`starts_with(${signInAttempts.key}, ${loginKeyOf(environment, { scope, email })})`);
}
