import { ApiError } from '@rnoce/api-client/api-error';
import { QueryState } from '@rnoce/shell/query-state';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { IconChevronLeft } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

/** The page of a dossier: the way back to its queue, and what is read, or that there is no such dossier. */
export function DossierPage<T extends { readonly id: string }>({
  query,
  back: { to, label },
  unknown,
  children,
}: {
  query: UseQueryResult<T>;
  back: { readonly to: string; readonly label: string };
  /** What is said of an address that leads to no dossier of the agent's. */
  unknown: string;
  children: (dossier: T) => ReactNode;
}) {
  const t = useT();
  const missing = query.error instanceof ApiError && query.error.status === 404 && query.data === undefined;
  return (
    <>
      <Link to={to} className="backoffice-back">
        <IconChevronLeft className="rnoce-icon rnoce-mirror" aria-hidden />
        {label}
      </Link>
      {missing ? (
        <div className="rnoce-state">
          <PageTitle title={t('shell:not-found.title')} />
          <p>{unknown}</p>
        </div>
      ) : (
        <QueryState query={query} lines={8}>
          {children}
        </QueryState>
      )}
    </>
  );
}
