import './styles.css';
import './controls/controls.css';
import { createRoot } from 'react-dom/client';
import { Application } from './app/application.tsx';
import { firstLanguage } from './language/first-language.ts';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root element.');
const container = root;

async function start(): Promise<void> {
  createRoot(container).render(<Application first={await firstLanguage} />);
}

void start();
