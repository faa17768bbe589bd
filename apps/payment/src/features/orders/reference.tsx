import { formatAmount, formatDateTime } from '@rnoce/i18n/format';
import type { PaymentOrder } from '@rnoce/schemas';
import { CopyButton } from '../../controls/copy-button.tsx';
import { Icon } from '../../controls/icon.tsx';
import { useLanguage } from '../../language/use-language.ts';
import { groupsOf } from './figure-groups.ts';

const steps = [1, 2, 3] as const;

/** The code to pay elsewhere, in big figures, with the amount, the places and the time that is left. */
export function Reference({ order }: { order: PaymentOrder }) {
  const { t } = useLanguage();
  const { next } = order;
  if (next?.type !== 'reference') return null;
  const channel = order.channel === 'tashilat' ? 'tashilat' : 'fatourati';
  return (
    <section className="card reference" aria-labelledby="reference">
      <h2 id="reference">{t(`checkout:reference.${channel}.title`)}</h2>
      <p className="big-reference code" translate="no">
        <span className="hidden">{next.reference}</span>
        <span aria-hidden="true">
          {groupsOf(next.reference).map((group, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- groups may be alike, and never move
            <span key={index}>{group}</span>
          ))}
        </span>
      </p>
      <p className="actions no-print">
        <CopyButton text={next.reference} label={t('checkout:reference.copy')} />
        <button type="button" className="button" onClick={() => window.print()}>
          <Icon name="printer" /> {t('checkout:action.print')}
        </button>
      </p>
      <dl className="facts strong">
        <dt>{t('checkout:reference.amount')}</dt>
        <dd className="code">{formatAmount(order.amount)}</dd>
        <dt>{t('checkout:reference.until')}</dt>
        <dd className="code">{formatDateTime(next.expiresAt)}</dd>
      </dl>
      <div className="how">
        <div>
          <h3>{t('checkout:reference.how')}</h3>
          <ol>
            {steps.map((step) => (
              <li key={step}>{t(`checkout:reference.${channel}.step-${step}`)}</li>
            ))}
          </ol>
          {next.paidAt.length === 0 ? null : (
            <>
              <h3>{t('checkout:reference.where')}</h3>
              <ul className="places">
                {next.paidAt.map((place) => (
                  <li key={place}>
                    <bdi>{place}</bdi>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
        {next.qrCode === null ? null : (
          <figure>
            <img src={next.qrCode} alt={t('checkout:reference.qr')} width="160" height="160" />
            <figcaption className="hint">{t('checkout:reference.qr-use')}</figcaption>
          </figure>
        )}
      </div>
      <p className="hint">{t('checkout:reference.once')}</p>
    </section>
  );
}
