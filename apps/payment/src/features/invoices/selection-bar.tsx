import { formatAmount } from '@rnoce/i18n/format';
import type { PublicInvoice } from '@rnoce/schemas';
import { useState } from 'react';
import { Icon } from '../../controls/icon.tsx';
import { useLanguage } from '../../language/use-language.ts';
import { summaryAddress } from '../../navigation/addresses.ts';
import { navigate } from '../../navigation/location.ts';
import {
  commonMethods,
  type Hindrance,
  mostInvoices,
  type Selection,
  totalOf,
} from '../../selection/selection.ts';
import './selection-bar.css';

/** An invoice that was pressed and couldn't be ticked. */
export interface Refusal {
  readonly hindrance: Hindrance;
  readonly invoice: PublicInvoice;
}

interface SelectionBarProps {
  readonly code: string;
  readonly selection: Selection;
  readonly refusal: Refusal | undefined;
  readonly onChange: (selection: Selection) => void;
}

/** What is chosen, its total, and « Régler Factures »: always in view at the foot of the screen. */
export function SelectionBar({ code, selection, refusal, onChange }: SelectionBarProps) {
  const { t } = useLanguage();
  const [pressed, setPressed] = useState<{ fault: 'nothing' | 'methods'; selection: Selection }>();
  const [first] = selection;
  const fault =
    first === undefined ? 'nothing' : commonMethods(selection).length === 0 ? 'methods' : undefined;

  function pay(): void {
    if (fault === undefined) navigate(summaryAddress(code));
    else setPressed({ fault, selection });
  }

  return (
    <section className="selection-bar no-print" aria-label={t('checkout:selection.label')}>
      <div className="inner">
        <p id="one-issuer" className="hidden">
          {t(first ? 'checkout:selection.one-issuer' : 'checkout:selection.one-issuer-rule', {
            issuer: first?.issuer.name ?? '',
          })}
        </p>
        {/* The regions are there before what they announce. */}
        <div role="alert" className="bar-alert">
          {refusal?.hindrance === 'other_issuer' && first ? (
            <p>
              <Icon name="alert-triangle" />
              <span>
                {t('checkout:selection.other-issuer', {
                  issuer: first.issuer.name,
                  other: refusal.invoice.issuer.name,
                })}{' '}
                <button type="button" className="link" onClick={() => onChange([refusal.invoice])}>
                  {t('checkout:selection.instead', { number: refusal.invoice.number })}
                </button>
              </span>
            </p>
          ) : null}
          {refusal?.hindrance === 'too_many' ? (
            <p>
              <Icon name="alert-triangle" />
              <span>{t('checkout:selection.too-many', { count: mostInvoices })}</span>
            </p>
          ) : null}
          {pressed === undefined || pressed.selection !== selection ? null : (
            <p>
              <Icon name="alert-triangle" />
              <span>{t(`checkout:selection.${pressed.fault}`)}</span>
            </p>
          )}
        </div>
        <div className="bar-line">
          <p className="bar-total" aria-live="polite">
            {first ? (
              <>
                <span>
                  {t('checkout:selection.count', { count: selection.length })} · {first.issuer.name}
                </span>
                <strong>
                  <span className="hidden">{t('checkout:selection.total')} </span>
                  <span className="code">{formatAmount(totalOf(selection))}</span>
                </strong>
              </>
            ) : (
              <span>{t('checkout:selection.empty')}</span>
            )}
          </p>
          {first ? (
            <button type="button" className="button quiet" onClick={() => onChange([])}>
              {t('checkout:selection.clear')}
            </button>
          ) : null}
          <button type="button" className="button primary" onClick={pay}>
            {t('checkout:selection.pay')}
          </button>
        </div>
      </div>
    </section>
  );
}
