import { Button } from '@mantine/core';
import type { Filing } from '@rnoce/schemas/filings';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { IconArrowRight, IconPencil, IconTrash } from '@tabler/icons-react';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { ReasonList } from '../../subscription-summary/reason-list.tsx';
import { elementOf, stepOfElement } from '../../subscription-summary/reasons.ts';
import { accountsState } from './accounts-state.ts';
import { type ListedSubscription, subscriptionPath } from './subscription-path.ts';
import { useRectification } from './use-rectification.ts';

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
  const missing = subscription.progress.issues.length;
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

/** Why it came back, each reason leading to its place, and « Rectifier vos données »; of a joint request, for whom. */
function Rectify({
  subscription,
  filing,
  joint,
}: {
  subscription: ListedSubscription;
  filing: Filing;
  joint: boolean;
}) {
  const t = useT();
  const { rectify, busy } = useRectification(subscription);
  const { authority, reasons } = filing;
  const { editable } = subscription;
  const label = joint
    ? t(
        editable
          ? `subscriptions:filing.resume-rectification.${authority}`
          : `subscriptions:filing.rectify.${authority}`,
      )
    : t(editable ? 'subscriptions:filing.resume-rectification' : 'subscriptions:filing.rectify');
  return (
    <div className="portal-next">
      <Notice
        tone="warning"
        title={t(joint ? `subscriptions:filing.incomplete.${authority}` : 'subscriptions:filing.incomplete')}
      >
        <ReasonList
          reasons={reasons}
          to={
            editable ? (element) => paths.step(subscription.id, stepOfElement(element), element) : undefined
          }
          onOpen={(element) => void rectify(element)}
        />
      </Notice>
      <Button
        className="rnoce-no-print"
        aria-disabled={busy || undefined}
        leftSection={<IconPencil className="rnoce-icon" aria-hidden />}
        onClick={() => {
          const next = reasons.find(({ changed }) => !changed) ?? reasons[0];
          void rectify(elementOf(next?.about));
        }}
      >
        {label}
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
