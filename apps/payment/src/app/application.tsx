import { type Locale, languageNames, locales } from '@rnoce/i18n/locale';
import { useState, useSyncExternalStore } from 'react';
import { Icon } from '../controls/icon.tsx';
import { type Language, openLanguage, rememberLocale } from '../language/catalogue.ts';
import { LanguageContext, useLanguage } from '../language/use-language.ts';
import { checkAddress, startAddress } from '../navigation/addresses.ts';
import { Link } from '../navigation/link.tsx';
import { Screen } from './screen.tsx';

/** The public payment site: no account, no component kit, made for a phone on a slow network. */
export function Application({ first }: { first: Language }) {
  const [language, setLanguage] = useState(first);

  async function choose(wanted: Locale): Promise<void> {
    rememberLocale(wanted);
    try {
      setLanguage(await openLanguage(wanted));
    } catch {
      // Offline: the page stays as it is, and the banner says why.
    }
  }

  return (
    <LanguageContext value={language}>
      <Frame onChoose={choose} />
    </LanguageContext>
  );
}

function Frame({ onChoose }: { onChoose: (locale: Locale) => Promise<void> }) {
  const { t, locale } = useLanguage();
  return (
    <>
      <a className="skip" href="#content">
        {t('payment:skip')}
      </a>
      <header>
        <div className="inner">
          <p className="name">
            <a className="wordmark" href="/">
              RNOCE
            </a>
            <Link href={startAddress} className="service-name">
              {t('payment:app.title')}
            </Link>
          </p>
          <fieldset className="languages no-print" aria-label={t('payment:language.label')}>
            {locales.map((choice) => (
              <button
                key={choice}
                type="button"
                lang={choice}
                aria-pressed={choice === locale}
                onClick={() => onChoose(choice)}
              >
                {languageNames[choice]}
              </button>
            ))}
          </fieldset>
        </div>
      </header>
      <OfflineBanner />
      <main id="content" tabIndex={-1}>
        <Screen />
      </main>
      <footer className="no-print">
        <div className="inner">
          <Link href={checkAddress()}>{t('payment:check.title')}</Link>
          <a href="/">{t('payment:home.link')}</a>
        </div>
      </footer>
    </>
  );
}

function watchNetwork(watcher: () => void): () => void {
  window.addEventListener('online', watcher);
  window.addEventListener('offline', watcher);
  return () => {
    window.removeEventListener('online', watcher);
    window.removeEventListener('offline', watcher);
  };
}

function OfflineBanner() {
  const { t } = useLanguage();
  const online = useSyncExternalStore(watchNetwork, () => navigator.onLine);
  return (
    <div aria-live="polite" className="offline-region">
      {online ? null : (
        <p className="offline">
          <Icon name="offline" /> {t('payment:offline')}
        </p>
      )}
    </div>
  );
}
