import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';

const windowSeconds = 86_400;
/**
 * E-mails a day, so that our pages write to nobody against their will: about one order at somebody's request, and telling one address what to pay, which
 * costs the asker nothing. What follows from a payment (receipt, refund) isn't limited by address: it takes money.
 */
const maxTurns = { order: 5, address: 10 } as const;

/** What stands behind a « + » is the same mailbox's: `nom+1@exemple.ma`. An order's id has none. */
const mailboxOf = (subject: string): string => subject.toLowerCase().replace(/\+[^@]*(?=@)/, '');

/** Takes one of the e-mails that may leave today about an order, or to an address; the seconds to wait when there are none left. */
export async function takeEmailTurn(
  tx: Transaction,
  about: keyof typeof maxTurns,
  subject: string,
): Promise<{ taken: boolean; retryAfterSeconds: number }> {
  const digest = createHash('sha256').update(mailboxOf(subject)).digest('base64url');
  const window = sql`make_interval(secs => ${windowSeconds})`;
  const { rows } = await tx.execute<{ count: number; seconds: number }>(
    sql`insert into rate_limits as r (key, count, expires_at) values (${`payment-email ${about} ${digest}`}, 1, now() + ${window})
        on conflict (key) do update set
          count = case when r.expires_at <= now() then 1 else r.count + 1 end,
          expires_at = case when r.expires_at <= now() then now() + ${window} else r.expires_at end
        returning count, ceil(extract(epoch from (expires_at - now())))::int as seconds`,
  );
  const { count = 1, seconds = windowSeconds } = rows[0] ?? {};
  return { taken: count <= maxTurns[about], retryAfterSeconds: seconds };
}
