import type { Refund } from '@rnoce/schemas/finance';
import { useT } from '@rnoce/ui/i18n';
import { StatusBadge } from '@rnoce/ui/status-badge';
import { IconAlarm, IconLock, IconUserCheck } from '@tabler/icons-react';
import { useNow } from '../../lists/age.tsx';
import { useAgent } from '../../session/use-session.ts';
import '../../lists/facts.css';

/** Who works on a refund; oneself is told apart. */
export function Owner({ refund: { owner } }: { refund: Pick<Refund, 'owner'> }) {
  const t = useT();
  const agent = useAgent();
  if (!owner) return <span className="backoffice-nobody">{t('finance:refunds.owner-none')}</span>;
  const mine = owner.id === agent?.id;
  const Icon = mine ? IconUserCheck : IconLock;
  return (
    <span className="backoffice-holder">
      <Icon className="rnoce-icon" aria-hidden />
      <bdi>{mine ? t('finance:refunds.owner-me') : owner.name}</bdi>
    </span>
  );
}

/** Said of a refund that should have been given back already. */
export function RefundLate({ refund: { status, dueBy } }: { refund: Pick<Refund, 'status' | 'dueBy'> }) {
  const t = useT();
  const late = useNow().getTime() > Date.parse(dueBy);
  return status === 'due' && late ? (
    <StatusBadge tone="danger" icon={IconAlarm}>
      {t('finance:refund.late')}
    </StatusBadge>
  ) : null;
}
