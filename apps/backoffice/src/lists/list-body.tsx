import { Button } from '@mantine/core';
import { PageLinks } from '@rnoce/shell/page-links';
import { QueryState } from '@rnoce/shell/query-state';
import { EmptyState } from '@rnoce/ui/states';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { withFilter } from './list-address.ts';

export interface ListPage {
  readonly items: readonly unknown[];
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
}

interface EmptyWords {
  readonly title: string;
  readonly detail: string;
  /** The filters are what leaves nothing: the action that takes them away. */
  readonly clear?: string;
}

/** A list below its filters: what was found, the rows or why there are none, the way to the other pages. */
export function ListBody<Page extends ListPage>({
  query,
  lines,
  found,
  empty,
  pages,
  children,
}: {
  query: UseQueryResult<Page>;
  /** How many lines stand for the rows as long as they are awaited. */
  lines: number;
  found?: (page: Page) => string;
  empty: EmptyWords;
  /** What the links to the other pages are called together. */
  pages: string;
  /** The rows. */
  children: (items: Page['items']) => ReactNode;
}) {
  const [search] = useSearchParams();
  return (
    <QueryState query={query} lines={lines}>
      {(list) => (
        <div
          aria-busy={query.isPlaceholderData || undefined}
          className="backoffice-queue-body rnoce-list-room"
        >
          {found ? <output className="rnoce-hint">{found(list)}</output> : null}
          {list.items.length === 0 ? <Nothing words={empty} /> : children(list.items)}
          <PageLinks
            page={list.page}
            pages={Math.ceil(list.total / list.pageSize)}
            label={pages}
            to={(number) => ({ search: withFilter(search, 'page', String(number)).toString() })}
          />
        </div>
      )}
    </QueryState>
  );
}

function Nothing({ words: { title, detail, clear } }: { words: EmptyWords }) {
  return (
    <EmptyState
      title={title}
      action={
        clear === undefined ? null : (
          <Button component={Link} to={{ search: '' }} variant="outline">
            {clear}
          </Button>
        )
      }
    >
      <p>{detail}</p>
    </EmptyState>
  );
}
