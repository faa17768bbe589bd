import type { AccountId } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';

/**
 * The accounts that have proved each of these client codes to be their own, by the code; `findOwnClientCodes` read the other way, and the same
 * rule. One statement, however many codes.
 */
export async function findClientAccounts(
  executor: Executor,
  clientCodes: Iterable<string>,
): Promise<Map<string, AccountId[]>> {
  const asked = [...new Set(clientCodes)];
  const { rows } = await executor.execute<{ code: string; accounts: AccountId[] }>(sql`
    with asked as materialized (select distinct code from unnest(${sql.param(asked)}::text[]) a(code)),
    codes as (select c.code::text as code, c.ice, c.account_id from asked a join subscription_codes c on c.code = a.code::char(4) and length(a.code) = 4),
    ices as (select code as ice from asked where length(code) > 4 union select ice from codes where account_id is null),
    proved as (
      select c.ice, c.account_id from ices join subscription_codes c on c.ice = ices.ice where c.account_id is not null
      union
      select f.ice, f.account_id from ices join filings f on f.ice = ices.ice join subscriptions s on s.id = f.subscription_id
      where f.status = 'validated' and (not f.attached or s.registry_confirmed_at is not null)
    ),
    owned as (
      select code, account_id from codes where account_id is not null
      union
      select c.code, p.account_id from codes c join proved p on p.ice = c.ice where c.account_id is null
      union
      select ice, account_id from proved
    )
    select o.code, array_agg(o.account_id order by o.account_id) as accounts from owned o join asked a on a.code = o.code group by o.code`);
  return new Map(rows.map(({ code, accounts }) => [code, accounts]));
}
