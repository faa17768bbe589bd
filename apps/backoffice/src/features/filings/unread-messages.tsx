import { useT } from '@rnoce/ui/i18n';
import { StatusBadge } from '@rnoce/ui/status-badge';
import { IconMail } from '@tabler/icons-react';

/** That the operator wrote what no agent has read; nothing when they didn't. */
export function UnreadMessages({ count }: { count: number }) {
  const t = useT();
  if (count === 0) return null;
  return (
    <StatusBadge tone="info" icon={IconMail}>
      {t('desk:messages.unread', { count })}
    </StatusBadge>
  );
}
