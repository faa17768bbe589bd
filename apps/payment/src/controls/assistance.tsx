import { useLanguage } from '../language/use-language.ts';
import { Icon } from './icon.tsx';

/** The customer relations centre (guide 004, V). */
const phone = { shown: '05 20 47 31 00', href: 'tel:+212520473100' };
const platform = 'http://reclamation.portnet.ma/';

/** Whom to ask, with what to have at hand. */
export function Assistance({ orderNumber }: { orderNumber?: string }) {
  const { t } = useLanguage();
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
          <a href={phone.href} className="code">
            {phone.shown}
          </a>
        </span>
      </p>
      <p>
        <Icon name="help" />{' '}
        <a href={platform} rel="noreferrer">
          {t('payment:help.link')}
        </a>
      </p>
    </section>
  );
}
