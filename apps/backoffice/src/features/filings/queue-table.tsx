import { formatDay } from '@rnoce/i18n';
import type { FilingRow } from '@rnoce/schemas/filings';
import { useT } from '@rnoce/ui/i18n';
import { ListTable } from '@rnoce/ui/list-table';
import { IconLock, IconUserCheck } from '@tabler/icons-react';
import { Link } from 'react-router';
import { Age } from '../../lists/age.tsx';
import { Due } from '../../lists/due.tsx';
import { paths } from '../../paths.ts';
import { useAgent } from '../../session/use-session.ts';
import { FilingStatus } from './status.tsx';
import { UnreadMessages } from './unread-messages.tsx';
import '../../lists/facts.css';

/** Who works on a dossier; oneself is told apart. */
export function Holder({ filing: { holder } }: { filing: Pick<FilingRow, 'holder'> }) {
  const t = useT();
  const agent = useAgent();
  if (!holder) return <span className="backoffice-nobody">{t('desk:queue.held.none')}</span>;
  const mine = holder.id === agent?.id;
  const Icon = mine ? IconUserCheck : IconLock;
  return (
    <span className="backoffice-holder">
      <Icon className="rnoce-icon" aria-hidden />
      <bdi>{mine ? t('desk:queue.held.me') : holder.name}</bdi>
    </span>
  );
}

/** The rows of the queue. On a phone each row becomes a card, its cells named by `data-label`. */
export function QueueTable({
  items,
  caption,
  withStatus,
}: {
  items: readonly FilingRow[];
  caption: string;
  /** Whether the rows may have several statuses. */
  withStatus: boolean;
}) {
  const t = useT();
  const heads = {
    operator: t('desk:queue.operator'),
    code: t('desk:queue.code'),
    type: t('reference:company.operatorType'),
    submitted: t('desk:queue.submitted'),
    due: t('desk:queue.due'),
    holder: t('desk:queue.holder'),
    ...(withStatus ? { status: t('desk:queue.status') } : {}),
  };
  return (
    <ListTable caption={caption} heads={heads}>
      {items.map((filing) => (
        <tr key={filing.id}>
          <th scope="row">
            <Link to={paths.dossier(filing.id)} data-row>
              <bdi>{filing.legalName}</bdi>
            </Link>
            <span className="backoffice-under">
              <abbr title={t('reference:company.ice')}>ICE</abbr>{' '}
              <bdi className="rnoce-code">{filing.ice}</bdi>
            </span>
            <UnreadMessages count={filing.unreadMessages} />
          </th>
          <td data-label={heads.code}>
            <bdi className="rnoce-code">{filing.code}</bdi>
          </td>
          <td data-label={heads.type}>{t(`reference:operator-type.${filing.operatorType}`)}</td>
          <td data-label={heads.submitted}>
            <span>
              <Age since={filing.submittedAt} />
              <span className="backoffice-under rnoce-tabular">
                <bdi>{formatDay(filing.submittedAt)}</bdi>
              </span>
              {filing.submissions > 1 ? (
                <span className="backoffice-under">
                  {t('desk:queue.submissions', { count: filing.submissions })}
                </span>
              ) : null}
            </span>
          </td>
          <td data-label={heads.due}>
            <Due dueAt={filing.status === 'in_review' ? filing.dueAt : null} />
          </td>
          <td data-label={heads.holder}>
            {filing.status === 'in_review' ? <Holder filing={filing} /> : <span aria-hidden>–</span>}
          </td>
          {withStatus ? (
            <td data-label={heads.status}>
              <FilingStatus filing={filing} />
            </td>
          ) : null}
        </tr>
      ))}
    </ListTable>
  );
}
