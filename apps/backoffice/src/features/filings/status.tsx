import { type FilingRow, filingStates } from '@rnoce/schemas/filings';
import { useT } from '@rnoce/ui/i18n';
import { StatusBadge } from '@rnoce/ui/status-badge';

/** The status of a filing; « rattaché » when nobody had to decide it. */
export function FilingStatus({
  filing: { status, attached },
}: {
  filing: Pick<FilingRow, 'status' | 'attached'>;
}) {
  const t = useT();
  return (
    <StatusBadge tone={filingStates[status].tone}>
      {attached ? t('desk:queue.attached') : t(`reference:filing-status.${status}`)}
    </StatusBadge>
  );
}
