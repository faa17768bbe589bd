import { useConfiguration } from '../api/configuration.ts';
import { useLanguage } from '../language/use-language.ts';
import { Icon } from './icon.tsx';

/** The customer relations centre (guide 004, V), until this installation says whom it has. */
const usual = { phone: '05 20 47 31 00', url: 'http://reclamation.portnet.ma/' };

/** A Moroccan number with its country's code, to be called from anywhere. */
const callOf = (phone: string): string =>
  `tel:${phone.replaceAll(/[^\d+]/g, '').replace(/^0(?=\d{9}$)/, '+212')}`;

/** Whom to ask, with what to have at hand. */
export function Assistance({ orderNumber }: { orderNumber?: string }) {
  const { t } = useLanguage();
  const { phone, url } = useConfiguration()?.assistance ?? usual;
  return (
    <section className="assistance" aria-labelledby="help">
      <h2 id="help">{t('payment:help.title')}</h2>
      {orderNumber === undefined ? null : (
        <p>
          {t('payment:help.number')} <span className="code selectable">{orderNumber}</span>
        </p>
      )}
      <p>
        <Icon name="phone" />{' '}
        <span>
          {t('payment:help.phone')}{' '}
          <a href={callOf(phone)} className="code">
            {phone}
          </a>
        </span>
      </p>
      <p>
        <Icon name="help" />{' '}
        <a href={url} rel="noreferrer">
          {t('payment:help.link')}
        </a>
      </p>
    </section>
  );
}
