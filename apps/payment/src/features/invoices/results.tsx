import type { PublicInvoice } from '@rnoce/schemas';
import { useEffect, useRef, useState } from 'react';
import type { InvoicePage } from '../../api/payment-api.ts';
import { Heading } from '../../controls/heading.tsx';
import { Notice } from '../../controls/notice.tsx';
import { useMedia } from '../../controls/use-media.ts';
import { useLanguage } from '../../language/use-language.ts';
import { startAddress } from '../../navigation/addresses.ts';
import { Link } from '../../navigation/link.tsx';
import { navigate } from '../../navigation/location.ts';
import { addAll, hindranceOf, refresh, type Selection, toggle } from '../../selection/selection.ts';
import { useSelection } from '../../selection/selection-store.ts';
import { Filters } from './filters.tsx';
import { InvoiceCards } from './invoice-cards.tsx';
import { type Asked, addressOf, isFiltered } from './invoice-query.ts';
import { InvoiceTable } from './invoice-table.tsx';
import type { LookUp } from './look-up.ts';
import { Pagination } from './pagination.tsx';
import { SearchState } from './search-state.tsx';
import { type Refusal, SelectionBar } from './selection-bar.tsx';
import './invoices.css';

interface ResultsProps {
  readonly asked: Asked;
  /** The last page that came; the next one may be on its way. */
  readonly page: InvoicePage;
  readonly lookUp: LookUp;
  readonly again: () => void;
}

/** The unpaid invoices of a code: filters, table or cards, pages, and what is chosen so far. */
export function Results({ asked, page, lookUp, again }: ResultsProps) {
  const { t } = useLanguage();
  const isPhone = useMedia('(max-width: 55.99em)');
  const [selection, choose] = useSelection(asked.code);
  const [refusal, setRefusal] = useState<Refusal>();
  const [gone, setGone] = useState<Selection>([]);
  const listHeading = useRef<HTMLHeadingElement>(null);
  const busy = lookUp.state === 'waiting' || lookUp.state === 'proving';
  const whole = !isFiltered(asked) && page.total <= page.items.length;

  // What comes may differ from what was chosen before: an amount changed, an invoice paid by somebody else.
  useEffect(() => {
    if (lookUp.state !== 'found') return;
    const next = refresh(selection, lookUp.page.items, whole);
    if (next.selection !== selection) choose(next.selection);
    if (next.gone.length > 0) setGone(next.gone);
    // oxlint-disable-next-line react/exhaustive-deps -- only when a page comes: a tick changes nothing in what was seen
  }, [lookUp, whole]);

  function go(next: Partial<Asked>): void {
    navigate(addressOf({ ...asked, page: 1, ...next }), { keepScroll: true });
    listHeading.current?.focus();
  }
  function pick(invoice: PublicInvoice): void {
    const hindrance = hindranceOf(selection, invoice);
    setRefusal(hindrance && { hindrance, invoice });
    choose(toggle(selection, invoice));
  }

  const { items, total, pageSize, unfiltered } = page;
  const first = (page.page - 1) * pageSize + 1;
  const issuers = new Set(items.map(({ issuer }) => issuer.code));
  const addable = addAll(selection, items);
  const list = {
    items,
    selection,
    sort: asked.sort,
    onPick: pick,
    onSort: (sort: Asked['sort']) => go({ sort }),
  };
  return (
    <>
      <Heading service={t('payment:app.title')}>{t('checkout:results.title')}</Heading>
      <div className="asked">
        <p>
          {t('checkout:results.code')} <strong className="code">{asked.code}</strong>
        </p>
        <Link href={startAddress} className="button">
          {t('payment:search.new')}
        </Link>
      </div>
      <Filters asked={asked} issuers={page.issuers} onFilter={go} folded={isPhone} />
      {lookUp.state === 'found' ? null : <SearchState asked={asked} lookUp={lookUp} again={again} />}
      {gone.length === 0 ? null : (
        <Notice tone="warning" role="alert">
          <p>
            {t('checkout:results.gone', {
              count: gone.length,
              numbers: gone.map(({ number }) => number).join(', '),
            })}
          </p>
        </Notice>
      )}
      <section aria-labelledby="list" aria-busy={busy} className="list">
        <div className="list-head">
          <h2 id="list" ref={listHeading} tabIndex={-1}>
            {total > pageSize
              ? t('checkout:results.range', { from: first, to: first + items.length - 1, count: total })
              : t('checkout:results.count', { count: total })}
          </h2>
          {addable.length > selection.length && (selection.length > 0 || issuers.size === 1) ? (
            <button type="button" className="button quiet" onClick={() => choose(addable)}>
              {t('checkout:results.add-all', { issuer: addable[0]?.issuer.name ?? '' })}
            </button>
          ) : null}
        </div>
        {items.length === 0 ? (
          <Notice tone="neutral" icon="filter" title={t('payment:none.title')}>
            <p>{t('checkout:none.filtered', { count: unfiltered })}</p>
            <p className="actions">
              <Link href={addressOf({ code: asked.code })} className="button primary">
                {t('checkout:filters.clear')}
              </Link>
              <Link href={startAddress} className="button">
                {t('payment:search.new')}
              </Link>
            </p>
          </Notice>
        ) : isPhone ? (
          <InvoiceCards {...list} />
        ) : (
          <InvoiceTable {...list} code={asked.code} />
        )}
        <Pagination
          page={page.page}
          total={total}
          pageSize={pageSize}
          addressOf={(number) => addressOf({ ...asked, page: number })}
          onGo={(number) => go({ page: number })}
        />
      </section>
      <SelectionBar
        code={asked.code}
        selection={selection}
        refusal={refusal}
        onChange={(next) => {
          setRefusal(undefined);
          choose(next);
        }}
      />
    </>
  );
}
