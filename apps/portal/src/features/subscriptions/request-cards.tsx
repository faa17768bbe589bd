import { CopyableCode } from '@rnoce/ui/copyable-code';
import { useT } from '@rnoce/ui/i18n';
import { FilingCard } from './filing-card.tsx';
import { DeleteDraft, ResumeDraft } from './next-action.tsx';
import type { ListedSubscription } from './subscription-path.ts';

/** The cards of a request: one a filing; those of a joint one stand together under its one code. */
export function RequestCards({
  subscription,
  onDelete,
}: {
  subscription: ListedSubscription;
  onDelete: () => void;
}) {
  const t = useT();
  const { id, code, filings } = subscription;
  const joint = filings.length > 1;
  const cards = filings.map((filing) => (
    <FilingCard
      key={filing.id}
      subscription={subscription}
      filing={filing}
      joint={joint}
      onDelete={onDelete}
    />
  ));
  if (!joint) return cards;
  const titleId = `request-${id}`;
  const draft = filings.every(({ status }) => status === 'draft');
  return (
    <section className="portal-request" aria-labelledby={`${titleId} ${titleId}-code`}>
      <div className="portal-request-head">
        <h2 id={titleId}>{t('subscriptions:joint.title')}</h2>
        <span id={`${titleId}-code`}>
          <CopyableCode code={code}>
            <bdi className="rnoce-code">{code}</bdi>
          </CopyableCode>
        </span>
      </div>
      <p className="rnoce-hint">{t('subscriptions:joint.detail')}</p>
      {draft ? <ResumeDraft subscription={subscription} /> : null}
      {cards}
      {draft ? (
        <div className="portal-filing-foot">
          <DeleteDraft code={code} onDelete={onDelete} />
        </div>
      ) : null}
    </section>
  );
}
