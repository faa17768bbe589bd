import type { CustomsAccount, CustomsRequest } from '@rnoce/schemas/customs-requests';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { ReasonList } from '../../subscription-summary/reason-list.tsx';
import { useChangeName } from './change-names.ts';

/** Of a request made again after a rejection: why the earlier one was rejected, in view while it is corrected. */
export function EarlierRejection({
  account,
  request,
}: {
  account: Pick<CustomsAccount, 'operations'>;
  request: Pick<CustomsRequest, 'type' | 'changes'>;
}) {
  const t = useT();
  const nameOf = useChangeName(request.changes);
  const latest = account.operations.find(({ type }) => type === request.type)?.latest;
  if (latest?.status !== 'rejected') return null;
  return (
    <div className="wizard-notice">
      <Notice tone="warning" title={t('operations:earlier.title')}>
        <ReasonList reasons={latest.reasons} nameOf={nameOf} />
        <p>
          {t('operations:earlier.detail')}{' '}
          <Link to={paths.customsRequest(latest.id)}>{t('operations:earlier.see')}</Link>
        </p>
      </Notice>
    </div>
  );
}
