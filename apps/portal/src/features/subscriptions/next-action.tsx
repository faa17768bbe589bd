import { Button } from '@mantine/core';
import type { Filing } from '@rnoce/schemas/filings';
import { useT } from '@rnoce/ui/i18n';
import { IconArrowRight, IconTrash } from '@tabler/icons-react';
import { Link } from 'react-router';
import { countMissing } from '../../form-sections/count-missing.ts';
import { Rectify } from '../../subscription-summary/rectify.tsx';
import { accountsState } from './accounts-state.ts';
import { type ListedSubscription, subscriptionPath } from './subscription-path.ts';
import '../../subscription-summary/next.css';

/** What the operator must do now for a filing, or that there is nothing to do. */
export function NextAction({
  subscription,
  filing,
  joint,
}: {
  subscription: ListedSubscription;
  filing: Filing;
  joint: boolean;
}) {
  const t = useT();
  switch (filing.status) {
    case 'draft':
      return <ResumeDraft subscription={subscription} />;
    case 'incomplete':
      return <Rectify subscription={subscription} filing={filing} joint={joint} />;
    case 'in_review':
      return <p className="portal-next">{t('subscriptions:filing.next-in-review')}</p>;
    case 'validated': {
      const accounts = accountsState(filing.singleWindowAccounts);
      return (
        <div className="portal-next">
          <p>
            {t(
              filing.attached ? 'subscriptions:filing.next-attached' : 'subscriptions:filing.next-validated',
            )}
          </p>
          {accounts === undefined ? null : <p>{t(`subscriptions:filing.next-accounts.${accounts}`)}</p>}
        </div>
      );
    }
  }
}

/** « Reprendre »: where the operator stopped, and what is missing. */
export function ResumeDraft({ subscription }: { subscription: ListedSubscription }) {
  const t = useT();
  const missing = countMissing(subscription.progress.issues);
  return (
    <div className="portal-next">
      <p>
        {t('subscriptions:filing.next-draft', { step: t(`reference:step.${subscription.currentStep}`) })}{' '}
        {missing > 0
          ? t('subscriptions:filing.missing', { count: missing })
          : t('subscriptions:filing.ready')}
      </p>
      <Button
        component={Link}
        className="rnoce-no-print"
        to={subscriptionPath(subscription)}
        rightSection={<IconArrowRight className="rnoce-icon rnoce-mirror" aria-hidden />}
      >
        {t('subscriptions:filing.resume')}
      </Button>
    </div>
  );
}

export function DeleteDraft({ code, onDelete }: { code: string; onDelete: () => void }) {
  const t = useT();
  return (
    <Button
      variant="subtle"
      color="red"
      size="sm"
      leftSection={<IconTrash className="rnoce-icon" aria-hidden />}
      aria-label={t('subscriptions:filing.delete-code', { code })}
      onClick={onDelete}
    >
      {t('subscriptions:filing.delete')}
    </Button>
  );
}
