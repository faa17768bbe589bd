import type { Locale } from '@rnoce/i18n';
import type { ReactNode } from 'react';
import { ColorSchemeSwitch } from './color-scheme-switch.tsx';
import { useT } from './i18n.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import './app-header.css';

/** The link that comes first on every page, for who moves by keyboard. */
export function SkipLink() {
  const t = useT();
  return (
    <a
      href="#content"
      className="rnoce-skip-link"
      onClick={(event) => {
        event.preventDefault();
        document.getElementById('content')?.focus();
      }}
    >
      {t('common:navigation.skip')}
    </a>
  );
}

/** Wordmark, name of the application, language and appearance; `children` stand between, for navigation. */
export function AppHeader({
  home,
  title,
  onChooseLocale,
  children,
}: {
  /** The wordmark with its link, made by the application's router. */
  home: ReactNode;
  title: string;
  onChooseLocale?: ((locale: Locale) => void) | undefined;
  children?: ReactNode;
}) {
  return (
    <header className="rnoce-header rnoce-no-print">
      <div className="rnoce-header-inner">
        <div className="rnoce-header-name">
          {home}
          <span className="rnoce-header-title">{title}</span>
        </div>
        {children}
        <div className="rnoce-header-tools">
          <ColorSchemeSwitch />
          <LanguageSwitch {...(onChooseLocale ? { onChoose: onChooseLocale } : {})} />
        </div>
      </div>
    </header>
  );
}

/** Where help is, on every page. */
export function AppFooter() {
  const t = useT();
  const phone = t('common:assistance.phone');
  const [before, after] = t('common:assistance.sentence', { phone: '\n' }).split('\n');
  return (
    <footer className="rnoce-footer rnoce-no-print">
      <div className="rnoce-header-inner">
        <p>
          {before}
          <a className="rnoce-code rnoce-whole" href={`tel:${phone.replaceAll(' ', '')}`}>
            {phone}
          </a>
          {after}{' '}
          <a href="http://reclamation.portnet.ma/" rel="noreferrer">
            {t('common:assistance.link')}
          </a>
        </p>
        <p>{t('common:footer.legal')}</p>
      </div>
    </footer>
  );
}
