import { Button } from '@mantine/core';
import { paymentBase } from '@rnoce/schemas/payment-paths';
import { CopyableCode } from '@rnoce/ui/copyable-code';
import { useT } from '@rnoce/ui/i18n';
import { IconCreditCard } from '@tabler/icons-react';
import './subscription-code.css';

/** « Code d'abonnement », big, to copy, with the way to pay by it. */
export function SubscriptionCode({ code }: { code: string }) {
  const t = useT();
  return (
    <div className="portal-code">
      <div>
        <p className="portal-code-title">{t('subscriptions:code.title')}</p>
        <CopyableCode code={code}>
          <bdi className="rnoce-code portal-code-big">{code}</bdi>
        </CopyableCode>
        <p className="rnoce-hint">{t('subscriptions:code.detail')}</p>
      </div>
      <Button
        component="a"
        className="rnoce-no-print"
        href={`${paymentBase}/?code=${code}`}
        leftSection={<IconCreditCard className="rnoce-icon" aria-hidden />}
      >
        {t('subscriptions:code.pay')}
      </Button>
    </div>
  );
}
