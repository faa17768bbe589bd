import { formatDateTime, languageNames } from '@rnoce/i18n';
import { type AdministrationChange, type AdministrationEntry } from '@rnoce/schemas/administration';
import { AgentRole } from '@rnoce/schemas/agents';
import { Locale } from '@rnoce/schemas/primitives';
import { PageLinks } from '@rnoce/shell/page-links';
import { QueryState } from '@rnoce/shell/query-state';
import { type Translate, useT } from '@rnoce/ui/i18n';
import { Timeline, type TimelineEntry } from '@rnoce/ui/timeline';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { type HistorySubject, historyQuery } from '../api/administration-queries.ts';
import { withFilter } from '../lists/list-address.ts';
import { isolated } from './isolated.ts';
import '../lists/facts.css';
import './records.css';

/** What administrators did about an agent, an issuer or an integrator; its page is in the address. */
export function AdministrationHistory({ subject }: { subject: HistorySubject }) {
  const t = useT();
  const [search] = useSearchParams();
  const query = useQuery(historyQuery(subject, historyPage(search)));
  return (
    <section aria-labelledby="administration-history">
      <h2 id="administration-history">{t('administration:history.title')}</h2>
      <p className="rnoce-hint">{t('administration:history.detail')}</p>
      <QueryState query={query} lines={3}>
        {({ items, total, page, pageSize }) => (
          <div className="record-card" aria-busy={query.isPlaceholderData || undefined}>
            {items.length === 0 ? (
              <p>{t('administration:history.empty')}</p>
            ) : (
              <Timeline
                label={t('administration:history.title')}
                entries={items.map((entry) => entryOf(t, entry))}
              />
            )}
            <PageLinks
              page={page}
              pages={Math.ceil(total / pageSize)}
              label={t('administration:history.pages')}
              to={(number) => ({ search: withFilter(search, 'page', String(number)).toString() })}
            />
          </div>
        )}
      </QueryState>
    </section>
  );
}

/** The page of a history that an address asks for; the first for anything that is none. */
function historyPage(search: URLSearchParams): number {
  const asked = Number(search.get('page'));
  return Number.isSafeInteger(asked) && asked > 0 ? asked : 1;
}

const entryOf = (t: Translate, { id, at, act, by, changes, detail }: AdministrationEntry): TimelineEntry => ({
  id,
  state: 'done',
  label: t(`administration:history.act.${act}`),
  when: formatDateTime(at),
  by: t('administration:history.by', { name: isolated(by.name) }),
  detail: (
    <>
      {changes.map((change) => (
        <span key={change.field} className="record-change">
          {t('administration:history.change', {
            field: t(`administration:history.field.${change.field}`),
            from: isolated(inWords(t, change.field, change.from)),
            to: isolated(inWords(t, change.field, change.to)),
          })}
        </span>
      ))}
      {detail === null ? null : <bdi className="backoffice-under rnoce-code">{detail}</bdi>}
    </>
  ),
});

/** A value that was changed as people call it. */
function inWords(t: Translate, field: AdministrationChange['field'], value: string): string {
  const role = AgentRole.safeParse(value);
  if (field === 'role' && role.success) return t(`reference:agent-role.${role.data}`);
  const locale = Locale.safeParse(value);
  if (field === 'locale' && locale.success) return languageNames[locale.data];
  return value;
}
