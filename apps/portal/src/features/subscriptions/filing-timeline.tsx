import { formatDateTime } from '@rnoce/i18n';
import type { Filing } from '@rnoce/schemas/filings';
import type { SingleWindowAccountStatus } from '@rnoce/schemas/single-window';
import { useT } from '@rnoce/ui/i18n';
import { Timeline, type TimelineEntry } from '@rnoce/ui/timeline';
import { accountsState } from './accounts-state.ts';

const accountEntryStates = {
  queued: 'current',
  opened: 'done',
  refused: 'refused',
} as const satisfies Record<SingleWindowAccountStatus, TimelineEntry['state']>;

/** Where a filing is on its way: sent, in the agents' hands, decided; then the accounts of PortNet's users. */
export function FilingTimeline({ filing }: { filing: Filing }) {
  const t = useT();
  const { status, submittedAt } = filing;
  const decided = filing.history.findLast(({ event }) => event === 'returned' || event === 'validated');
  const sent = status !== 'draft';
  const over = status === 'incomplete' || status === 'validated';
  const when = (instant: string | null | undefined) =>
    instant === null || instant === undefined ? undefined : formatDateTime(instant);
  const entries: TimelineEntry[] = [
    {
      id: 'sent',
      label: t(sent ? 'subscriptions:timeline.sent' : 'subscriptions:timeline.to-send'),
      when: when(submittedAt),
      state: sent ? 'done' : 'current',
    },
    {
      id: 'in-review',
      label: t('subscriptions:timeline.in-review'),
      state: over ? 'done' : status === 'in_review' ? 'current' : 'todo',
    },
    {
      id: 'decision',
      label: t(
        status === 'validated'
          ? filing.attached
            ? 'subscriptions:timeline.attached'
            : 'subscriptions:timeline.validated'
          : status === 'incomplete'
            ? 'subscriptions:timeline.incomplete'
            : 'subscriptions:timeline.decision',
      ),
      when: over ? when(decided?.at) : undefined,
      state: status === 'validated' ? 'done' : status === 'incomplete' ? 'refused' : 'todo',
    },
  ];
  const accounts = accountsState(filing.singleWindowAccounts);
  if (accounts)
    entries.push({
      id: 'accounts',
      label: t(`subscriptions:timeline.accounts.${accounts}`),
      when: when(filing.history.findLast(({ event }) => event === 'accounts_opened')?.at),
      state: accountEntryStates[accounts],
    });
  return <Timeline entries={entries} label={t('subscriptions:timeline.label')} />;
}
