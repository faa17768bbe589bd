import '@rnoce/ui/styles.css';
import { loadCatalogue } from '@rnoce/i18n/backoffice';
import { createI18n } from '@rnoce/ui/i18n';
import { createRoot } from 'react-dom/client';
import { Application } from './app/providers.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root element.');
const container = root;

async function start(): Promise<void> {
  const i18n = await createI18n(loadCatalogue);
  createRoot(container).render(<Application i18n={i18n} />);
}

void start();
