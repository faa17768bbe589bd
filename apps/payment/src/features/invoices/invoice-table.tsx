import { formatAmount, formatDate } from '@rnoce/i18n/format';
import type { PublicInvoice } from '@rnoce/schemas';
import { Icon } from '../../controls/icon.tsx';
import { useLanguage } from '../../language/use-language.ts';
import { hindranceOf, isSelected, type Selection } from '../../selection/selection.ts';
import { InvoiceCheckbox } from './invoice-checkbox.tsx';
import { DueDate, Methods } from './invoice-facts.tsx';
import { isDescending, type Sort, type SortField, sortAfter, sortFieldOf } from './invoice-query.ts';

export interface InvoiceListProps {
  readonly items: readonly PublicInvoice[];
  readonly selection: Selection;
  readonly sort: Sort;
  readonly onPick: (invoice: PublicInvoice) => void;
  readonly onSort: (sort: Sort) => void;
}

/** The guide's columns; those without a field can't be sorted. */
const columns = [
  { key: 'number', field: 'number' },
  { key: 'issuer', field: 'issuer' },
  { key: 'clientCode', field: 'clientCode' },
  { key: 'clientName' },
  { key: 'issuedOn', field: 'issuedOn' },
  { key: 'dueOn', field: 'dueOn' },
  { key: 'amount', field: 'amount' },
  { key: 'methods' },
] as const satisfies readonly { key: string; field?: SortField }[];

/** The invoices on a screen wide enough for a table (guide 004, III). */
export function InvoiceTable({
  code,
  items,
  selection,
  sort,
  onPick,
  onSort,
}: InvoiceListProps & { code: string }) {
  const { t } = useLanguage();
  return (
    <div className="table-frame">
      <table className="invoices">
        <caption className="hidden">{t('checkout:results.caption', { code })}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="hidden">{t('checkout:invoice.choice')}</span>
            </th>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={column.key === 'amount' ? 'amount' : undefined}
                aria-sort={'field' in column ? ariaSort(sort, column.field) : undefined}
              >
                {'field' in column ? (
                  <button type="button" onClick={() => onSort(sortAfter(sort, column.field))}>
                    {t(`checkout:invoice.${column.key}`)} <Icon name={sortIcon(sort, column.field)} />
                  </button>
                ) : (
                  t(`checkout:invoice.${column.key}`)
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((invoice) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the whole row is for a mouse; its checkbox is for keys
            <tr
              key={invoice.id}
              className={rowClass(selection, invoice)}
              onClick={(event) => {
                if (!(event.target instanceof HTMLInputElement)) onPick(invoice);
              }}
            >
              <td>
                <InvoiceCheckbox invoice={invoice} selection={selection} onPick={onPick} />
              </td>
              <th scope="row">
                <span className="code">{invoice.number}</span>
              </th>
              <td>{invoice.issuer.name}</td>
              <td>
                <span className="code">{invoice.clientCode}</span>
              </td>
              <td className="client">
                <bdi>{invoice.clientName}</bdi>
              </td>
              <td>
                <span className="code">{formatDate(invoice.issuedOn)}</span>
              </td>
              <td>
                <DueDate invoice={invoice} />
              </td>
              <td className="amount">
                <span className="code">{formatAmount(invoice.amount)}</span>
              </td>
              <td>
                <Methods invoice={invoice} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const ariaSort = (sort: Sort, field: SortField): 'ascending' | 'descending' | undefined =>
  sortFieldOf(sort) === field ? (isDescending(sort) ? 'descending' : 'ascending') : undefined;

const sortIcon = (sort: Sort, field: SortField) =>
  sortFieldOf(sort) === field ? (isDescending(sort) ? 'sort-down' : 'sort-up') : 'sort';

function rowClass(selection: Selection, invoice: PublicInvoice): string | undefined {
  if (isSelected(selection, invoice)) return 'chosen';
  return hindranceOf(selection, invoice) === undefined ? undefined : 'hindered';
}
