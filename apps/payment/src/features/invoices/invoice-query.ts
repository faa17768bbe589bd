import { normaliseSubscriptionCode } from '@rnoce/schemas/subscription-code';
import type { InvoiceQuery } from '../../api/payment-api.ts';
import { startAddress } from '../../navigation/addresses.ts';

/** What the address asks for: all of it stands there, so that reload, back, and a link sent to somebody show the same. */
export interface Asked {
  readonly code: string;
  readonly number: string;
  readonly issuer: string;
  /** Days of issue, `2026-01-31`; empty when not asked. */
  readonly from: string;
  readonly to: string;
  readonly page: number;
  readonly sort: Sort;
}

export const sortFields = ['number', 'issuer', 'clientCode', 'issuedOn', 'dueOn', 'amount'] as const;
export type SortField = (typeof sortFields)[number];
export type Sort = SortField | `-${SortField}`;
const usualSort: Sort = 'dueOn';

const isSort = (text: string): text is Sort =>
  sortFields.some((field) => text === field || text === `-${field}`);
const dayOf = (text: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? text : '');

/** Reads an address; what isn't understood is as if it weren't there. */
export function readAsked(query: URLSearchParams): Asked {
  const read = (name: string): string => (query.get(name) ?? '').trim();
  const page = Number(read('page'));
  const sort = read('sort');
  return {
    code: normaliseSubscriptionCode(read('code')).slice(0, 20),
    number: read('number').slice(0, 40),
    issuer: read('issuer').slice(0, 30),
    from: dayOf(read('from')),
    to: dayOf(read('to')),
    page: Number.isInteger(page) && page > 0 && page <= 10_000 ? page : 1,
    sort: isSort(sort) ? sort : usualSort,
  };
}

/** The address that asks for this; what is usual isn't written. */
export function addressOf(asked: Partial<Asked>): string {
  const { code = '', number = '', issuer = '', from = '', to = '', page = 1, sort = usualSort } = asked;
  const written = Object.entries({
    code,
    number,
    issuer,
    from,
    to,
    page: page === 1 ? '' : String(page),
    sort: sort === usualSort ? '' : sort,
  }).filter(([, value]) => value !== '');
  return written.length === 0 ? startAddress : `${startAddress}?${new URLSearchParams(written).toString()}`;
}

/** The same as the API is asked. */
export const queryOf = ({ code, number, issuer, from, to, page, sort }: Asked): InvoiceQuery => ({
  subscriptionCode: code,
  page,
  sort,
  ...(number === '' ? {} : { number }),
  ...(issuer === '' ? {} : { issuer }),
  ...(from === '' ? {} : { issuedFrom: from }),
  ...(to === '' ? {} : { issuedTo: to }),
});

export const isFiltered = ({ number, issuer, from, to }: Asked): boolean =>
  [number, issuer, from, to].some((value) => value !== '');

export const sortFieldOf = (sort: Sort): SortField => sort.replace(/^-/, '') as SortField;
export const isDescending = (sort: Sort): boolean => sort.startsWith('-');
/** The order after a press on a column's header: rising, then falling. */
export const sortAfter = (sort: Sort, field: SortField): Sort => (sort === field ? `-${field}` : field);
