import { AppProviders } from '@rnoce/ui/app-providers';
import { ErrorBoundary } from '@rnoce/ui/error-boundary';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router/dom';
import { queryClient } from '../api/query-client.ts';
import { i18n } from './languages.ts';
import { router } from './router.tsx';

/** The application: languages and theme, data, then the routes. */
export function Application() {
  return (
    <AppProviders i18n={i18n}>
      <ErrorBoundary>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </ErrorBoundary>
    </AppProviders>
  );
}
