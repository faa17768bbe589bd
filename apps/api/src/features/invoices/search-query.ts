import type { InvoiceStatus, Issuer, PaymentMethod } from '@rnoce/schemas';
import { publicPageSize } from '@rnoce/schemas';
import type { Database } from '../../db/database.ts';
import { type InvoiceSort, readSort, type SortKey } from './invoice-sorts.ts';

/** An unpaid invoice as the query gives it. */
export interface FoundInvoice {
  readonly id: string;
  readonly number: string;
  readonly issuer: Issuer;
  readonly clientCode: string;
  readonly clientName: string;
  readonly clientIsPerson: boolean;
  readonly issuedOn: string;
  readonly dueOn: string;
  readonly amountCentimes: number;
  readonly methods: PaymentMethod[];
}
export interface FoundInvoices {
  readonly items: readonly FoundInvoice[];
  readonly total: number;
  readonly issuers: readonly Issuer[];
  readonly unfiltered: number;
}
export interface InvoiceSearch {
  readonly subscriptionCode: string;
  readonly number?: string | undefined;
  readonly issuer?: string | undefined;
  readonly issuedFrom?: string | undefined;
  readonly issuedTo?: string | undefined;
  readonly page: number;
  readonly sort: SortKey;
}

const sortColumns = {
  number: 'upper(m.number)',
  issuer: 'm.issuer_name',
  clientCode: 'm.client_code',
  issuedOn: 'm.issued_on',
  dueOn: 'm.due_on',
  amount: 'm.amount_centimes',
} as const satisfies Record<InvoiceSort, string>;
const unpaid: InvoiceStatus = 'unpaid';

/**
 * The public search as one statement, for one order. A code stands for itself and for the ICE of its holder. A code that isn't given reads
 * the next one that is, and looks for an ICE beside that one's, which nobody has: so it costs what a code without invoices costs. Exported for the bench, whose bare handler runs the same.
 */
export function searchStatement(sort: SortKey): string {
  const { field, descending } = readSort(sort);
  return `with mine as materialized (
    select i.id, i.number, i.client_code, i.client_name, i.client_is_person, i.issued_on, i.due_on, i.amount_centimes, i.methods,
      s.code as issuer_code, s.name as issuer_name
    from invoices i join issuers s on s.id = i.issuer_id
    where i.client_code = any(array[$1::text, coalesce((
        select case when c.code = $1::text::char(4) then c.ice else c.ice || '-' end from subscription_codes c
        where c.code >= $1::text::char(4) order by c.code limit 1), '-')])
      and i.status = '${unpaid}' and ($2::text is null or upper(i.number) = upper($2::text))
  ), chosen as materialized (
    select * from mine m
    where ($3::text is null or m.issuer_code = $3::text) and ($4::date is null or m.issued_on >= $4::date)
      and ($5::date is null or m.issued_on <= $5::date)
    order by ${sortColumns[field]} ${descending ? 'desc' : 'asc'}, m.id
  )
  select
    (select coalesce(json_agg(json_build_object('id', p.id, 'number', p.number,
      'issuer', json_build_object('code', p.issuer_code, 'name', p.issuer_name), 'clientCode', p.client_code,
      'clientName', p.client_name, 'clientIsPerson', p.client_is_person, 'issuedOn', p.issued_on, 'dueOn', p.due_on,
      'amountCentimes', p.amount_centimes, 'methods', p.methods)), '[]')
      from (select * from chosen limit ${String(publicPageSize)} offset ($6::int - 1) * ${String(publicPageSize)}) p) as items,
    (select count(*)::int from chosen) as total,
    (select coalesce(json_agg(json_build_object('code', d.issuer_code, 'name', d.issuer_name)), '[]')
      from (select distinct issuer_code, issuer_name from mine order by issuer_name, issuer_code) d) as issuers,
    (select count(*)::int from mine) as unfiltered`;
}

/** What is asked, in the order of the statement's parameters. */
export const searchValues = (search: InvoiceSearch): (string | number | null)[] => [
  search.subscriptionCode,
  search.number ?? null,
  search.issuer ?? null,
  search.issuedFrom ?? null,
  search.issuedTo ?? null,
  search.page,
];

const statements = new Map<SortKey, string>();
function statementOf(sort: SortKey): string {
  const known = statements.get(sort);
  if (known !== undefined) return known;
  const text = searchStatement(sort);
  statements.set(sort, text);
  return text;
}

/** Runs the search: always this one statement, prepared once a connection, whatever is found. */
export async function runSearch({ $client }: Database, search: InvoiceSearch): Promise<FoundInvoices> {
  const { rows } = await $client.query<FoundInvoices>({
    name: `invoice_search_${search.sort}`,
    text: statementOf(search.sort),
    values: searchValues(search),
  });
  const [found] = rows;
  if (!found) throw new Error('the search gave no row');
  return found;
}
