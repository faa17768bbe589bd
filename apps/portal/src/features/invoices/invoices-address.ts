import type { OwnInvoicesQuery, OwnPaymentsQuery } from '../../api/queries.ts';

export const shownStates = ['all', 'unpaid', 'paid'] as const;
export type ShownState = (typeof shownStates)[number];

const pageSize = 10;
const paymentsPageSize = 5;
const pageIn = (search: URLSearchParams, name: string): number => {
  const page = Number(search.get(name));
  return Number.isInteger(page) && page >= 1 && page <= 1000 ? page : 1;
};

export const stateIn = (search: URLSearchParams): ShownState =>
  shownStates.find((state) => state === search.get('etat')) ?? 'all';

/** What the address asks of the list; anything else is as if it weren't there. */
export function invoicesIn(search: URLSearchParams): OwnInvoicesQuery {
  const state = stateIn(search);
  return { page: pageIn(search, 'page'), pageSize, ...(state === 'all' ? {} : { status: state }) };
}

export const paymentsIn = (search: URLSearchParams): OwnPaymentsQuery => ({
  page: pageIn(search, 'paiements'),
  pageSize: paymentsPageSize,
});

/** The address with another value; the first page and « all » need no word. A new filter starts at the first page. */
export function addressWith(
  search: URLSearchParams,
  name: 'etat' | 'page' | 'paiements',
  value: string,
): { search: string } {
  const next = new URLSearchParams(search);
  if (name === 'etat') next.delete('page');
  if (value === '1' || value === 'all') next.delete(name);
  else next.set(name, value);
  return { search: next.toString() };
}
