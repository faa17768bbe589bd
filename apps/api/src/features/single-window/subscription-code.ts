import { randomInt } from 'node:crypto';
import type { AccountId } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import { subscriptionCodes } from '../../db/schema/invoices.ts';

/** All of them, at random (spec/payment.md, Orders: « 36⁴ »): fewer would make the codes easier to walk. */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const codeLength = 4;
/** Draws before giving up: with half of the codes taken, one in 10^30 decisions. */
const maxDraws = 100;

/** « Code d'abonnement »: 4 characters at random. `below` draws a whole number from 0 to `limit` - 1. */
export const drawCode = (below: (limit: number) => number = randomInt): string =>
  Array.from({ length: codeLength }, () => alphabet[below(alphabet.length)]).join('');

interface Subscriber {
  readonly ice: string;
  readonly legalName: string;
  readonly accountId: AccountId;
}

/**
 * The code that PortNet had given to this operator before, if nobody's account has it: it becomes this account's. Another account of the
 * same ICE, as another type of operator, keeps its own.
 */
async function takeOver(tx: Transaction, { ice, accountId }: Subscriber): Promise<string | undefined> {
  const { rows } = await tx.execute<{ code: string }>(sql`
    update subscription_codes set account_id = ${accountId} where code = (
      select c.code from subscription_codes c
      where c.ice = ${ice} and (c.account_id is null or c.account_id = ${accountId})
        and not exists (select 1 from filings f where f.subscription_code = c.code)
      order by c.created_at, c.code limit 1 for update of c)
    returning code`);
  return rows[0]?.code;
}

/**
 * The operator's code at the single window, written in the caller's transaction: the one they had, or one at random that nobody has. Two
 * draws of the same code at once are settled by the primary key: the second waits for the first, and draws again.
 */
export async function grantSubscriptionCode(
  tx: Transaction,
  subscriber: Subscriber,
  draw: () => string = drawCode,
): Promise<string> {
  const known = await takeOver(tx, subscriber);
  if (known !== undefined) return known;
  for (let draws = 0; draws < maxDraws; draws += 1) {
    const [granted] = await tx
      .insert(subscriptionCodes)
      .values({ code: draw(), ...subscriber })
      .onConflictDoNothing()
      .returning({ code: subscriptionCodes.code });
    if (granted) return granted.code;
  }
  throw new Error(`no free subscription code in ${String(maxDraws)} draws`);
}
