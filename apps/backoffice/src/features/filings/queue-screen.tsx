import { Button } from '@mantine/core';
import { formatCount } from '@rnoce/i18n';
import { PageLinks } from '@rnoce/shell/page-links';
import { warm } from '@rnoce/shell/query-client';
import { QueryState } from '@rnoce/shell/query-state';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { EmptyState } from '@rnoce/ui/states';
import { IconAlarm } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { Link, useSearchParams } from 'react-router';
import { queueQuery } from '../../api/queries.ts';
import { useShortcuts } from '../../keyboard/shortcuts.ts';
import { ShortcutsHint } from '../../keyboard/shortcuts-hint.tsx';
import { withFilter } from '../../lists/list-address.ts';
import { moveFocus } from '../../lists/row-focus.ts';
import { type Filter, queueOf } from './queue-address.ts';
import { QueueFilters } from './queue-filters.tsx';
import { QueueTable } from './queue-table.tsx';
import '../../lists/lists.css';

export const loader = ({ request }: { request: Request }) =>
  warm(queueQuery(queueOf(new URL(request.url).searchParams)));

/** The search is data of the screen, not another place: its loader needn't run again at each key. */
export const shouldRevalidate = () => false;

const states = ['in_review', 'incomplete', 'validated', 'all'] as const;

/** The queue of the agent's authority: filters in the address, oldest first, by keyboard alone if one likes. */
export function Component() {
  const t = useT();
  const [search, setSearch] = useSearchParams();
  const searchBox = useRef<HTMLInputElement>(null);
  const query = useQuery(queueQuery(queueOf(search)));
  const change = useCallback(
    (name: Filter, value: string) => {
      setSearch((before) => withFilter(before, name, value), {
        replace: name === 'q',
        preventScrollReset: true,
      });
    },
    [setSearch],
  );
  useShortcuts({
    j: () => moveFocus(1),
    k: () => moveFocus(-1),
    '/': () => searchBox.current?.focus(),
  });
  const status = search.get('status') ?? 'in_review';
  const counts = query.data?.counts;
  const filtered = [...search.keys()].some((name) => name !== 'status' && name !== 'sort');
  return (
    <>
      <div className="backoffice-queue-head">
        <PageTitle title={t('backoffice:queue.title')} />
        {counts && counts.overdue > 0 ? (
          <p className="backoffice-overdue">
            <IconAlarm className="rnoce-icon" aria-hidden />
            {t('backoffice:queue.overdue', { count: counts.overdue })}
          </p>
        ) : null}
      </div>
      <nav className="backoffice-states" aria-label={t('backoffice:queue.states')}>
        {states.map((state) => (
          <Link
            key={state}
            to={{ search: withFilter(search, 'status', state === 'in_review' ? '' : state).toString() }}
            aria-current={state === status ? 'page' : undefined}
          >
            {state === 'all' ? t('backoffice:queue.all') : t(`reference:filing-status.${state}`)}
            {state === 'all' || !counts ? null : (
              <span className="backoffice-count rnoce-tabular">{formatCount(counts[state])}</span>
            )}
          </Link>
        ))}
      </nav>
      <QueueFilters search={search} onChange={change} searchBox={searchBox} />
      <QueryState query={query} lines={8}>
        {({ items, total, page, pageSize }) => (
          <div aria-busy={query.isPlaceholderData || undefined} className="backoffice-queue-body">
            <output className="rnoce-hint">
              {t('backoffice:queue.found', { count: total, total: formatCount(total) })}
            </output>
            {items.length === 0 ? (
              <EmptyState
                title={filtered ? t('backoffice:queue.nothing-found') : t('backoffice:queue.empty')}
                action={
                  filtered ? (
                    <Button component={Link} to={{ search: '' }} variant="outline">
                      {t('backoffice:queue.clear')}
                    </Button>
                  ) : null
                }
              >
                <p>
                  {filtered ? t('backoffice:queue.nothing-found-detail') : t('backoffice:queue.empty-detail')}
                </p>
              </EmptyState>
            ) : (
              <QueueTable
                items={items}
                caption={t('backoffice:queue.title')}
                withStatus={status === 'all' || status === 'validated'}
              />
            )}
            <PageLinks
              page={page}
              pages={Math.ceil(total / pageSize)}
              label={t('backoffice:pages.label')}
              to={(number) => ({ search: withFilter(search, 'page', String(number)).toString() })}
            />
          </div>
        )}
      </QueryState>
      <ShortcutsHint
        keys={[
          ['j', t('backoffice:keys.next')],
          ['k', t('backoffice:keys.previous')],
          ['Enter', t('backoffice:keys.open')],
          ['/', t('backoffice:keys.search')],
        ]}
      />
    </>
  );
}
