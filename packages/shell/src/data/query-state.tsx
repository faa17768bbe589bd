import { ErrorState, LoadingState } from '@rnoce/ui/states';
import type { ReactNode } from 'react';

/** What of a query is shown, whether it has pages or not. */
interface ShownQuery<T> {
  readonly data: T | undefined;
  readonly isError: boolean;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/** Waiting, failure or data of a query. Data that are there stay in view while they are asked again. */
export function QueryState<T>({
  query,
  children,
  lines,
}: {
  query: ShownQuery<T>;
  children: (data: T) => ReactNode;
  lines?: number;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return <LoadingState {...(lines === undefined ? {} : { lines })} />;
}
