/** Every component on one page, to look at while working on them: `vite packages/ui/demo`. In no build. */
import '@mantine/core/styles/Stack.layer.css';
import '../src/styles.css';
import { loadCatalogue } from '@rnoce/i18n/portal';
import { loadReference } from '@rnoce/i18n/reference';
import { createRoot } from 'react-dom/client';
import { AppProviders } from '../src/app-providers.tsx';
import { createI18n } from '../src/i18n.tsx';
import { Demo } from './demo.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root element.');
const i18n = createI18n(loadCatalogue);
await i18n.ready;
await i18n.languages.add(loadReference);
createRoot(root).render(
  <AppProviders i18n={i18n}>
    <Demo />
  </AppProviders>,
);
