import { Button } from '@mantine/core';
import type { CustomsRequestType, OperationRefusal } from '@rnoce/schemas/customs-account';
import type { CustomsAccount } from '@rnoce/schemas/customs-requests';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { Notice } from '@rnoce/ui/status-badge';
import { Link } from 'react-router';
import { AccountControl } from '../../customs-account/account-control.tsx';
import { paths } from '../../paths.ts';

/** Why an operation can't be asked for now, and the way on. */
export function RefusedOperation({
  type,
  account,
  refusal,
}: {
  type: CustomsRequestType;
  account: CustomsAccount;
  refusal: OperationRefusal;
}) {
  const t = useT();
  const pending = account.operations.find(({ latest }) => latest?.status === 'in_review')?.latest;
  return (
    <div className="rnoce-card operation-refused">
      <PageTitle title={t(`reference:operation-type.${type}`)} />
      {refusal === 'control_not_proven' ? (
        <AccountControl account={account} />
      ) : (
        <Notice tone="info" title={t('operations:refused.title')}>
          <p>{t(`reference:operation-refusal.${refusal}`)}</p>
        </Notice>
      )}
      <div className="wizard-actions">
        <Button component={Link} to={paths.subscriptions} variant="outline">
          {t('portal:tabs.requests')}
        </Button>
        {pending ? (
          <Button component={Link} to={paths.customsRequest(pending.id)}>
            {t('operations:refused.see-pending')}
          </Button>
        ) : null}
        {refusal === 'account_cancelled' ? (
          <Button component={Link} to={paths.operation('restoration')}>
            {t('operations:button.restoration')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
