import { Button } from '@mantine/core';
import { formatDateTime } from '@rnoce/i18n';
import { type Filing, filingStates } from '@rnoce/schemas/filings';
import { CopyableCode } from '@rnoce/ui/copyable-code';
import { useT } from '@rnoce/ui/i18n';
import { Notice, StatusBadge } from '@rnoce/ui/status-badge';
import { IconArrowRight, IconPencil, IconTrash } from '@tabler/icons-react';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { ReasonList } from '../../subscription-summary/reason-list.tsx';
import { elementOf, stepOfElement } from '../../subscription-summary/reasons.ts';
import { FilingTimeline } from './filing-timeline.tsx';
import { type ListedSubscription, subscriptionPath } from './subscription-path.ts';
import { useRectification } from './use-rectification.ts';

/** A filing: what its operator must do now comes first, then where it is. */
export function FilingCard({
  subscription,
  filing,
  onDelete,
}: {
  subscription: ListedSubscription;
  filing: Filing;
  onDelete: () => void;
}) {
  const t = useT();
  const { id, code, createdAt } = subscription;
  const { authority, status } = filing;
  const titleId = `filing-${filing.id}`;
  return (
    <article className="rnoce-card portal-filing" aria-labelledby={titleId}>
      <div className="portal-filing-head">
        <h2 id={titleId}>{t(`portal:filing.title.${authority}`)}</h2>
        <StatusBadge tone={filingStates[status].tone}>{t(`reference:filing-status.${status}`)}</StatusBadge>
      </div>
      <NextAction subscription={subscription} filing={filing} />
      <dl className="portal-filing-facts">
        <div>
          <dt>{t('portal:filing.code')}</dt>
          <dd>
            <CopyableCode code={code}>
              <Link
                to={subscriptionPath(subscription)}
                className="rnoce-code"
                aria-label={t('portal:filing.open', { code })}
              >
                {code}
              </Link>
            </CopyableCode>
          </dd>
        </div>
        <div>
          <dt>{t('portal:filing.operator')}</dt>
          <dd>
            {t(`reference:operator-type.${subscription.operatorType}`)}
            {' · '}
            {t('reference:identifiers.ice')} <bdi className="rnoce-code">{subscription.identifiers.ice}</bdi>
          </dd>
        </div>
        <div>
          <dt>{t('portal:filing.created')}</dt>
          <dd>
            <bdi className="rnoce-code">{formatDateTime(createdAt)}</bdi>
          </dd>
        </div>
        <div>
          <dt>{t('portal:filing.validated')}</dt>
          <dd>
            {filing.validatedAt === null ? (
              <span>{'–'}</span>
            ) : (
              <bdi className="rnoce-code">{formatDateTime(filing.validatedAt)}</bdi>
            )}
          </dd>
        </div>
      </dl>
      <FilingTimeline filing={filing} />
      <div className="portal-filing-foot">
        {status === 'draft' ? (
          <Button
            variant="subtle"
            color="red"
            size="sm"
            leftSection={<IconTrash className="rnoce-icon" aria-hidden />}
            aria-label={t('portal:filing.delete-code', { code })}
            onClick={onDelete}
          >
            {t('portal:filing.delete')}
          </Button>
        ) : (
          <Link to={paths.summary(id)}>{t('portal:filing.see')}</Link>
        )}
      </div>
    </article>
  );
}

function NextAction({ subscription, filing }: { subscription: ListedSubscription; filing: Filing }) {
  const t = useT();
  const { rectify, busy } = useRectification(subscription);
  switch (filing.status) {
    case 'draft':
      return (
        <div className="portal-next">
          <p>
            {t('portal:filing.next-draft', { step: t(`reference:step.${subscription.currentStep}`) })}{' '}
            {subscription.progress.issues.length > 0
              ? t('portal:filing.missing', { count: subscription.progress.issues.length })
              : t('portal:filing.ready')}
          </p>
          <Button
            component={Link}
            to={subscriptionPath(subscription)}
            rightSection={<IconArrowRight className="rnoce-icon rnoce-mirror" aria-hidden />}
          >
            {t('portal:filing.resume')}
          </Button>
        </div>
      );
    case 'incomplete':
      return (
        <div className="portal-next">
          <Notice tone="warning" title={t('portal:filing.incomplete')}>
            <ReasonList
              reasons={filing.reasons}
              to={
                subscription.editable
                  ? (element) => paths.step(subscription.id, stepOfElement(element), element)
                  : undefined
              }
              onOpen={(element) => void rectify(element)}
            />
          </Notice>
          <Button
            aria-disabled={busy || undefined}
            leftSection={<IconPencil className="rnoce-icon" aria-hidden />}
            onClick={() => {
              const next = filing.reasons.find(({ changed }) => !changed) ?? filing.reasons[0];
              void rectify(elementOf(next?.about));
            }}
          >
            {t(subscription.editable ? 'portal:filing.resume-rectification' : 'portal:filing.rectify')}
          </Button>
        </div>
      );
    case 'in_review':
      return <p className="portal-next">{t('portal:filing.next-in-review')}</p>;
    case 'validated':
      return (
        <p className="portal-next">
          {t(filing.attached ? 'portal:filing.next-attached' : 'portal:filing.next-validated')}
        </p>
      );
  }
}
