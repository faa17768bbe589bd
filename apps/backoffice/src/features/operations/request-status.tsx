import {
  type CustomsRequestRow,
  customsRequestEffects,
  customsRequestStates,
} from '@rnoce/schemas/customs-requests';
import { useT } from '@rnoce/ui/i18n';
import { StatusBadge } from '@rnoce/ui/status-badge';
import { IconUserCheck } from '@tabler/icons-react';
import '../../lists/facts.css';
import './operations.css';

/** Where a request stands: its status, whether a second agent is awaited, and what became of it at BADR. */
export function RequestStatus({
  request: { status, endorsed, effect },
}: {
  request: Pick<CustomsRequestRow, 'status' | 'endorsed' | 'effect'>;
}) {
  const t = useT();
  return (
    <span className="operations-status">
      <StatusBadge tone={customsRequestStates[status].tone}>
        {t(`operations-desk:status.${status}`)}
      </StatusBadge>
      {endorsed && status === 'in_review' ? (
        <StatusBadge tone="info" icon={IconUserCheck}>
          {t('operations-desk:endorsed')}
        </StatusBadge>
      ) : null}
      {effect ? (
        <StatusBadge tone={customsRequestEffects[effect.status].tone}>
          {t(`reference:operation-effect.${effect.status}`)}
        </StatusBadge>
      ) : null}
    </span>
  );
}
