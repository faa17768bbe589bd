import { AppProviders } from '@rnoce/ui/app-providers';
import { ErrorBoundary } from '@rnoce/ui/error-boundary';
import type { I18n } from '@rnoce/ui/i18n';
import { RouterProvider } from 'react-router/dom';
import { router } from './router.tsx';

/** The application: languages and theme, then the routes. */
export function Application({ i18n }: { i18n: I18n }) {
  return (
    <AppProviders i18n={i18n}>
      <ErrorBoundary>
        <RouterProvider router={router} />
      </ErrorBoundary>
    </AppProviders>
  );
}
