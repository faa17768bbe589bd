import { AppProviders } from '@rnoce/ui/app-providers';
import { ErrorBoundary } from '@rnoce/ui/error-boundary';
import type { I18n } from '@rnoce/ui/i18n';
import { createRoot } from 'react-dom/client';
import type { DataRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { forgetOldCopies } from '../session/unsaved.ts';

/** Draws an application into its page once its first messages are there: languages and theme, then the routes. */
export async function startApplication(i18n: I18n, router: DataRouter): Promise<void> {
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no #root element.');
  forgetOldCopies(() => window.localStorage, Date.now());
  await i18n.ready;
  createRoot(root).render(
    <AppProviders i18n={i18n}>
      <ErrorBoundary>
        <RouterProvider router={router} />
      </ErrorBoundary>
    </AppProviders>,
  );
}
