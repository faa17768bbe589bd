import { formatAmount, formatDate } from '@rnoce/i18n/format';
import { useLanguage } from '../../language/use-language.ts';
import { hindranceOf, isSelected } from '../../selection/selection.ts';
import { InvoiceCheckbox } from './invoice-checkbox.tsx';
import { DueDate, Methods } from './invoice-facts.tsx';
import { isDescending, type Sort, sortFieldOf, sortFields } from './invoice-query.ts';
import type { InvoiceListProps } from './invoice-table.tsx';
import './invoice-cards.css';

/** The invoices on a phone: a card each, pressed anywhere to tick it. */
export function InvoiceCards({ items, selection, sort, onPick, onSort }: InvoiceListProps) {
  const { t } = useLanguage();
  const descending = isDescending(sort);
  return (
    <>
      <div className="sorting">
        <label htmlFor="sort">{t('checkout:sort.label')}</label>
        <select
          id="sort"
          value={sortFieldOf(sort)}
          onChange={(event) => onSort(((descending ? '-' : '') + event.target.value) as Sort)}
        >
          {sortFields.map((field) => (
            <option key={field} value={field}>
              {t(`checkout:invoice.${field}`)}
            </option>
          ))}
        </select>
        <button
          type="button"
          className="button"
          onClick={() => onSort(descending ? sortFieldOf(sort) : `-${sortFieldOf(sort)}`)}
        >
          {t(descending ? 'checkout:sort.falling' : 'checkout:sort.rising')}
        </button>
      </div>
      <ul className="cards">
        {items.map((invoice) => {
          const chosen = isSelected(selection, invoice);
          const hindered = hindranceOf(selection, invoice) !== undefined;
          return (
            <li
              key={invoice.id}
              className={`invoice-card ${chosen ? 'chosen' : ''} ${hindered ? 'hindered' : ''}`}
            >
              <InvoiceCheckbox
                invoice={invoice}
                selection={selection}
                onPick={onPick}
                id={`pick-${invoice.id}`}
              />
              <label className="card-head" htmlFor={`pick-${invoice.id}`}>
                <span className="code number">{invoice.number}</span>
                <span className="code amount">{formatAmount(invoice.amount)}</span>
                <span className="issuer">{invoice.issuer.name}</span>
              </label>
              <div className="card-facts">
                <span className="due">
                  {t('checkout:invoice.dueOn')} <DueDate invoice={invoice} />
                </span>
                <span>
                  {t('checkout:invoice.issuedOn')}{' '}
                  <span className="code">{formatDate(invoice.issuedOn)}</span>
                </span>
                <span>
                  <bdi>{invoice.clientName}</bdi> · <span className="code">{invoice.clientCode}</span>
                </span>
                <Methods invoice={invoice} />
              </div>
            </li>
          );
        })}
      </ul>
    </>
  );
}
