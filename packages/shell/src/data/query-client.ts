import { ApiError } from '@rnoce/api-client/api-error';
import { QueryClient } from '@tanstack/react-query';

/** Only what may pass by itself is tried again: no answer at all, or a service away. */
const mayPass = (error: unknown): boolean =>
  error instanceof ApiError && error.code !== 'aborted' && [0, 502, 503, 504].includes(error.status);

/** The data of the screens. A lost network is told, not waited for: the screens show it and offer to try again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      networkMode: 'always',
      retry: (failures, error) => failures < 2 && mayPass(error),
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});

type Warmed = Parameters<typeof queryClient.prefetchQuery>[0];

/** Starts a screen's queries from its loader. The screen itself shows waiting, data and failure. */
export function warm(...queries: readonly unknown[]): null {
  for (const query of queries) void queryClient.prefetchQuery(query as Warmed);
  return null;
}
