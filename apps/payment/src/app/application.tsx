import { type Locale, languageNames, localeStorageKey, locales } from '@rnoce/i18n/locale';
import type { Catalogue } from '@rnoce/i18n/message';
import { useEffect, useState } from 'react';
import { openCatalogue, translator } from './catalogue.ts';
import { ClosedPage } from './closed-page.tsx';

interface Language {
  readonly locale: Locale;
  readonly catalogue: Catalogue;
}

/** The public payment site: no account, no component kit, made for a phone on a slow network. */
export function Application({ first }: { first: Language }) {
  const [{ locale, catalogue }, setLanguage] = useState(first);
  const t = translator(catalogue, locale);
  const title = t('payment:app.title');

  useEffect(() => {
    document.title = `${title} · RNOCE`;
  }, [title]);

  async function choose(wanted: Locale): Promise<void> {
    setLanguage({ locale: wanted, catalogue: await openCatalogue(wanted) });
    try {
      window.localStorage.setItem(localeStorageKey, wanted);
    } catch {
      // Storage can be forbidden by the browser: the choice lasts as long as the page.
    }
  }

  return (
    <>
      <a className="skip" href="#content">
        {t('payment:skip')}
      </a>
      <header>
        <a className="wordmark" href="/">
          RNOCE
        </a>
        <fieldset aria-label={t('payment:language.label')}>
          {locales.map((choice) => (
            <button
              key={choice}
              type="button"
              lang={choice}
              aria-pressed={choice === locale}
              onClick={() => choose(choice)}
            >
              {languageNames[choice]}
            </button>
          ))}
        </fieldset>
      </header>
      <main id="content" tabIndex={-1}>
        <ClosedPage t={t} />
      </main>
    </>
  );
}
