import { durationBetween, formatDateTime } from '@rnoce/i18n';
import { useT } from '@rnoce/ui/i18n';
import { StatusBadge } from '@rnoce/ui/status-badge';
import { IconAlarm, IconHourglass } from '@tabler/icons-react';
import { useNow } from './age.tsx';

const day = 24 * 60 * 60_000;

/** When the answer is due, null: nothing is; overdue and pressing ones by icon and word, not by colour alone. */
export function Due({ dueAt }: { dueAt: string | null }) {
  const t = useT();
  const now = useNow();
  if (dueAt === null) return <span aria-hidden>–</span>;
  const left = Date.parse(dueAt) - now.getTime();
  if (left < 0) {
    const { unit, count } = durationBetween(dueAt, now);
    return (
      <StatusBadge tone="danger" icon={IconAlarm}>
        {t(`desk:due.overdue.${unit}`, { count })}
      </StatusBadge>
    );
  }
  const { unit, count } = durationBetween(now, dueAt);
  const words = t(`desk:due.left.${unit}`, { count });
  if (left > day) return <span title={formatDateTime(dueAt)}>{words}</span>;
  return (
    <StatusBadge tone="warning" icon={IconHourglass}>
      {words}
    </StatusBadge>
  );
}
