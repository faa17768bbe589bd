import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

/** What the transport throws (`ApiError` of `@rnoce/api-client`), as far as this file needs it. */
const statusOf = (error: unknown): number | undefined =>
  typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number'
    ? error.status
    : undefined;

type Listener = () => void;
const listeners = new Set<Listener>();

/**
 * Hears that the session has expired: any query or mutation answered 401. The one listener shows the sign-in dialog in
 * place, over the screen, so that nothing typed is lost. Returns how to stop listening.
 */
export function onSessionExpired(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** `meta: { anonymous: true }` marks the queries and mutations whose 401 is an answer, such as signing in. */
function reportError(error: unknown, meta: Readonly<Record<string, unknown>> | undefined): void {
  if (statusOf(error) === 401 && meta?.anonymous !== true) for (const listener of listeners) listener();
}

/** Only what may pass by itself is tried again: no answer at all, or a service away. */
const mayPass = (error: unknown): boolean => {
  const status = statusOf(error);
  return status === undefined || status === 502 || status === 503 || status === 504;
};

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (error, query) => reportError(error, query.meta) }),
  mutationCache: new MutationCache({
    onError: (error, _variables, _context, _result, mutationContext) =>
      reportError(error, mutationContext?.meta),
  }),
  defaultOptions: {
    queries: { staleTime: 30_000, retry: (failures, error) => failures < 2 && mayPass(error) },
    mutations: { retry: false },
  },
});
