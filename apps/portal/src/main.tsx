import '@rnoce/ui/styles.css';
import { createRoot } from 'react-dom/client';
import { i18n } from './app/languages.ts';
import { Application } from './app/providers.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root element.');
const container = root;

async function start(): Promise<void> {
  await i18n.ready;
  createRoot(container).render(<Application />);
}

void start();
