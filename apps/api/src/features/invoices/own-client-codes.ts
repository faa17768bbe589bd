import type { AccountId } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';

export interface OwnClientCodes {
  readonly subscriptionCodes: readonly string[];
  /** Subscription codes and ICEs: what an invoice's client code may be. */
  readonly clientCodes: readonly string[];
}

/**
 * The client codes that an account has proved to be its own. A typed ICE proves nothing: it counts once an authority validated the filing,
 * documents seen, or when the single window gave the account a code of that ICE. A filing « rattaché » (`update_only`) is validated by
 * nobody: BADR only knew the public identifiers (spec/registration.md, « After submission »), so that it counts only when the account proved
 * to hold the mailbox that BADR has for the operator. Without that, whoever knows a company's ICE would read its invoices.
 */
export async function findOwnClientCodes(executor: Executor, accountId: AccountId): Promise<OwnClientCodes> {
  const { rows } = await executor.execute<{ code: string; kind: 'ice' | 'subscription' }>(sql`
    with proved as (
      select ice from subscription_codes where account_id = ${accountId}
      union
      select f.ice from filings f join subscriptions s on s.id = f.subscription_id
      where f.account_id = ${accountId} and f.status = 'validated' and f.ice <> ''
        and (not f.attached or s.registry_confirmed_at is not null)
    )
    select ice as code, 'ice' as kind from proved
    union all
    select code::text, 'subscription' from subscription_codes
    where account_id = ${accountId} or (account_id is null and ice in (select ice from proved))
    order by code`);
  return {
    subscriptionCodes: rows.filter(({ kind }) => kind === 'subscription').map(({ code }) => code),
    clientCodes: rows.map(({ code }) => code),
  };
}
