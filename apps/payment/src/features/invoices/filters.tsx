import type { Issuer } from '@rnoce/schemas';
import { type SubmitEvent, useId, useState } from 'react';
import { Field } from '../../controls/field.tsx';
import { Icon } from '../../controls/icon.tsx';
import { typedText } from '../../controls/typed-text.ts';
import { useLanguage } from '../../language/use-language.ts';
import { type Asked, isFiltered } from './invoice-query.ts';

interface FiltersProps {
  readonly asked: Asked;
  readonly issuers: readonly Issuer[];
  readonly onFilter: (filters: Pick<Asked, 'issuer' | 'number' | 'from' | 'to'>) => void;
  /** On a phone they stand behind a line until they are wanted. */
  readonly folded: boolean;
}

/** The four filters of the table (guide 004, III): « Rechercher » and « Vider ». */
export function Filters({ asked, issuers, onFilter, folded }: FiltersProps) {
  const { t } = useLanguage();
  const issuerId = useId();
  const [reversed, setReversed] = useState(false);

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = event.currentTarget;
    const read = (name: string): string => typedText(form, name);
    const wrong = read('from') !== '' && read('to') !== '' && read('from') > read('to');
    setReversed(wrong);
    if (wrong) document.getElementById('filter-to')?.focus();
    else onFilter({ issuer: read('issuer'), number: read('number'), from: read('from'), to: read('to') });
  }

  const { issuer, number, from, to } = asked;
  const form = (
    // Another address, another filter: what was typed for the one before is no longer it.
    <form key={[issuer, number, from, to].join('|')} className="filters" onSubmit={submit} noValidate>
      <div className="field">
        <label htmlFor={issuerId}>{t('checkout:filters.issuer')}</label>
        <select id={issuerId} name="issuer" defaultValue={issuer}>
          <option value="">{t('checkout:filters.all-issuers')}</option>
          {issuers.map((one) => (
            <option key={one.code} value={one.code}>
              {one.name}
            </option>
          ))}
        </select>
      </div>
      <Field
        id="filter-number"
        name="number"
        label={t('checkout:filters.number')}
        defaultValue={number}
        maxLength={40}
        dir="ltr"
        autoComplete="off"
        spellCheck={false}
      />
      <Field
        id="filter-from"
        name="from"
        type="date"
        label={t('checkout:filters.from')}
        defaultValue={from}
      />
      <Field
        id="filter-to"
        name="to"
        type="date"
        label={t('checkout:filters.to')}
        defaultValue={to}
        error={reversed ? t('checkout:filters.reversed') : undefined}
      />
      <div className="filter-actions">
        <button type="submit" className="button">
          <Icon name="search" /> {t('checkout:filters.action')}
        </button>
        <button
          type="button"
          className="button quiet"
          onClick={(event) => {
            event.currentTarget.form?.reset();
            setReversed(false);
            onFilter({ issuer: '', number: '', from: '', to: '' });
          }}
        >
          {t('checkout:filters.clear')}
        </button>
      </div>
    </form>
  );
  return folded ? (
    <details className="card folded" open={isFiltered(asked)}>
      <summary>
        <Icon name="filter" /> {t('checkout:filters.title')}
      </summary>
      {form}
    </details>
  ) : (
    <search className="card" aria-label={t('checkout:filters.title')}>
      {form}
    </search>
  );
}
