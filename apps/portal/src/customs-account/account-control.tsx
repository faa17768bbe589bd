import type { CustomsAccount } from '@rnoce/schemas/customs-requests';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { Notice } from '@rnoce/ui/status-badge';
import { forgetCustomsAccount } from '../api/queries.ts';
import { Assistance } from '../screens/assistance.tsx';
import { RegistryCode } from './registry-code.tsx';

/** Why nothing can be asked of the account yet, and how to show that one acts for the operator; nothing once it is shown. */
export function AccountControl({
  account: { control, subscriptionId, maskedEmail },
}: {
  account: Pick<CustomsAccount, 'control' | 'subscriptionId' | 'maskedEmail'>;
}) {
  const t = useT();
  switch (control) {
    case 'proven':
      return null;
    case 'no_email':
      return (
        <Notice tone="warning" title={t('operations:control.title')}>
          <p>{t('operations:control.no-email')}</p>
          <Assistance />
        </Notice>
      );
    case 'code_needed':
      return (
        <Notice tone="info" title={t('operations:control.title')}>
          <p>
            {t('operations:control.code')} <bdi dir="ltr">{maskedEmail}</bdi>
          </p>
          <RegistryCode
            subscriptionId={subscriptionId}
            confirmLabel={t('operations:control.confirm')}
            onConfirmed={() => {
              notify(t('operations:control.done'), 'success');
              void forgetCustomsAccount();
            }}
          />
        </Notice>
      );
  }
}
