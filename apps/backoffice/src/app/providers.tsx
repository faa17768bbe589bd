import { AppProviders } from '@rnoce/ui/app-providers';
import { ErrorBoundary } from '@rnoce/ui/error-boundary';
import { RouterProvider } from 'react-router/dom';
import { i18n } from './languages.ts';
import { router } from './router.tsx';

/** The application: languages and theme, then the routes. */
export function Application() {
  return (
    <AppProviders i18n={i18n}>
      <ErrorBoundary>
        <RouterProvider router={router} />
      </ErrorBoundary>
    </AppProviders>
  );
}
