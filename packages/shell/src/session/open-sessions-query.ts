import type { OpenSessions } from '@rnoce/schemas/sessions';
import { queryOptions } from '@tanstack/react-query';

/** The sessions of who is signed in; other devices come and go, so they are asked anew each time. */
export const openSessionsQuery = (load: (signal: AbortSignal) => Promise<OpenSessions>) =>
  queryOptions({
    queryKey: ['open-sessions'],
    queryFn: ({ signal }) => load(signal),
    staleTime: 0,
  });
