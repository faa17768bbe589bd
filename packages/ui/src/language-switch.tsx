import type { Locale } from '@rnoce/i18n';
import { languageNames, locales } from '@rnoce/i18n';
import './switches.css';
import { useLocale, useT } from './i18n.tsx';

/** The three languages, each in its own words. `onChoose` saves the choice in the account of somebody signed in. */
export function LanguageSwitch({ onChoose }: { onChoose?: (locale: Locale) => void }) {
  const t = useT();
  const { locale, setLocale } = useLocale();
  return (
    <fieldset aria-label={t('common:language.label')} className="rnoce-switch">
      {locales.map((choice) => (
        <button
          key={choice}
          type="button"
          lang={choice}
          aria-pressed={choice === locale}
          onClick={async () => {
            await setLocale(choice);
            onChoose?.(choice);
          }}
        >
          {languageNames[choice]}
        </button>
      ))}
    </fieldset>
  );
}
