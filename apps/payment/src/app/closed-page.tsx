import type { Translate } from './catalogue.ts';

const phone = { shown: '05 20 47 31 00', href: 'tel:+212520473100' };

/** Until payment opens: says so plainly, and where help is. */
export function ClosedPage({ t }: { t: Translate }) {
  return (
    <>
      <p className="service">{t('payment:app.title')}</p>
      <h1>{t('payment:closed.title')}</h1>
      <p className="lead">{t('payment:closed.detail')}</p>
      <section aria-labelledby="help">
        <h2 id="help">{t('payment:help.title')}</h2>
        <p>
          {t('payment:help.phone')}{' '}
          <a href={phone.href} className="code">
            {phone.shown}
          </a>
        </p>
        <p>
          <a href="http://reclamation.portnet.ma/" rel="noreferrer">
            {t('payment:help.link')}
          </a>
        </p>
      </section>
      <p>
        <a href="/">{t('payment:home.link')}</a>
      </p>
    </>
  );
}
