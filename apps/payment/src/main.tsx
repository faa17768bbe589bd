import './styles.css';
import { chooseLocale, localeStorageKey } from '@rnoce/i18n/locale';
import { createRoot } from 'react-dom/client';
import { Application } from './app/application.tsx';
import { openCatalogue } from './app/catalogue.ts';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root element.');
const container = root;

function remembered(): string | null {
  try {
    return window.localStorage.getItem(localeStorageKey);
  } catch {
    // Storage can be forbidden by the browser.
    return null;
  }
}

async function start(): Promise<void> {
  const locale = chooseLocale({ stored: remembered(), languages: navigator.languages });
  const catalogue = await openCatalogue(locale);
  createRoot(container).render(<Application first={{ locale, catalogue }} />);
}

void start();
