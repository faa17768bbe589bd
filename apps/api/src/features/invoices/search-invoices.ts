import {
  casablancaDate,
  type InvoiceId,
  type PublicInvoice,
  publicPageSize,
  type RouteAnswer,
  type RouteQuery,
  type searchPublicInvoices as route,
} from '@rnoce/schemas';
import { currency, decimalOf } from '@rnoce/schemas/money';
import type { Deps } from '../../deps.ts';
import { publicName } from './public-name.ts';
import type { SearchBudget } from './search-budget.ts';
import { type FoundInvoice, runSearch } from './search-query.ts';

const present = (found: FoundInvoice, today: string): PublicInvoice => ({
  id: found.id as InvoiceId,
  number: found.number,
  issuer: found.issuer,
  clientCode: found.clientCode,
  clientName: publicName(found),
  issuedOn: found.issuedOn,
  dueOn: found.dueOn,
  overdue: found.dueOn < today,
  amount: decimalOf(found.amountCentimes),
  currency,
  methods: found.methods,
});

/**
 * The unpaid invoices of a subscription code, for anybody who knows it. An unknown code, one without unpaid invoices and a wrong number
 * answer the same, by the same work. Throws `rate_limited`, `proof_of_work_missing` and `captcha_failed` (`search-budget.ts`).
 */
export async function searchInvoices(
  { database, now }: Pick<Deps, 'database' | 'now'>,
  budget: SearchBudget,
  address: string,
  { captcha, ...typed }: RouteQuery<typeof route>,
): Promise<RouteAnswer<typeof route>> {
  const search = { ...typed, number: typed.number === '' ? undefined : typed.number };
  const lookup = await budget.admit({
    address,
    code: search.subscriptionCode,
    withNumber: search.number !== undefined,
    captcha,
  });
  let isHit = true;
  try {
    const found = await runSearch(database, search);
    isHit = found.unfiltered > 0;
    const today = casablancaDate(now());
    return {
      items: found.items.map((invoice) => present(invoice, today)),
      page: search.page,
      pageSize: publicPageSize,
      total: found.total,
      issuers: [...found.issuers],
      unfiltered: found.unfiltered,
    };
  } finally {
    if (isHit) lookup.takeBack();
  }
}
