import { focusManager, QueryClientProvider } from '@tanstack/react-query';
import { Outlet } from 'react-router';
import { watchAwake } from './awake.ts';
import { queryClient } from './query-client.ts';

// Queries with an interval ask only while the page has the focus: while somebody is there.
focusManager.setEventListener((tell) => watchAwake(tell));

/** Around every screen that reads data; signing in reads none, and its page stays light. */
export function Component() {
  return (
    <QueryClientProvider client={queryClient}>
      <Outlet />
    </QueryClientProvider>
  );
}
