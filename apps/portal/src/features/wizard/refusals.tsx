import { useT } from '@rnoce/ui/i18n';
import { Notice, StatusBadge } from '@rnoce/ui/status-badge';
import { Link } from 'react-router';
import { type Refusal, refusalKey, unchangedOf } from '../../form-sections/refusals.ts';
import { Cause } from '../../form-sections/refusals-at.tsx';
import { paths } from '../../paths.ts';
import { useElementLabel } from '../../subscription-summary/element-label.ts';
import { stepOfElement } from '../../subscription-summary/reasons.ts';
import { Rectify } from '../../subscription-summary/rectify.tsx';
import { MissingSteps } from './missing-list.tsx';
import { refusalsOfOpen } from './reasons.ts';
import { useWizard } from './wizard-context.ts';

/** Refused elements, each leading to its field or document. */
function RefusalLinks({ refusals }: { refusals: readonly Refusal[] }) {
  const t = useT();
  const labelOf = useElementLabel();
  const { subscription } = useWizard();
  return (
    <ul className="wizard-list">
      {refusals.map((refusal) => (
        <li key={refusalKey(refusal)}>
          {refusal.element === undefined ? (
            <strong>{t('wizard:refusal.whole')}</strong>
          ) : (
            <Link to={paths.step(subscription.id, stepOfElement(refusal.element), refusal.element)}>
              {labelOf(refusal.element)}
            </Link>
          )}
          {' — '}
          <Cause refusal={refusal} />{' '}
          {refusal.changed ? <StatusBadge tone="success">{t('reference:reason.changed')}</StatusBadge> : null}
        </li>
      ))}
    </ul>
  );
}

/** What was refused by those who get the form next, with how much of it is still to be corrected; it stays in view through the steps. */
export function RefusalsNotice() {
  const t = useT();
  const { refusals: all, asked, issues } = useWizard();
  const refusals = refusalsOfOpen(all, asked);
  if (refusals.length === 0) return null;
  const count = unchangedOf(refusals).length;
  // A correction may leave something else to do: changed data void the signed contract.
  const isLacking = count === 0 && issues.length > 0;
  const allChanged = isLacking ? 'wizard:refusal.all-changed-lacking' : 'wizard:refusal.all-changed-detail';
  return (
    <Notice
      tone={count > 0 ? 'warning' : 'success'}
      title={count > 0 ? t('wizard:refusal.title', { count }) : t('wizard:refusal.all-changed')}
    >
      <RefusalLinks refusals={refusals} />
      <p>{t(count > 0 ? 'wizard:refusal.detail' : allChanged)}</p>
      {isLacking ? <MissingSteps issues={issues} /> : null}
    </Notice>
  );
}

/** The other authority has sent its part back meanwhile: the form doesn't go to it until it is opened for it too. */
export function SentBackNotices() {
  const { subscription, asked } = useWizard();
  return subscription.filings
    .filter(({ authority, status }) => status === 'incomplete' && !asked.authorities.includes(authority))
    .map((filing) => <Rectify key={filing.id} subscription={subscription} filing={filing} joint />);
}

/** Said before the form is sent again: what was refused and stands as it was. An operator may stand by it. */
export function UnchangedNotice() {
  const t = useT();
  const { refusals, asked } = useWizard();
  const unchanged = unchangedOf(refusalsOfOpen(refusals, asked));
  if (unchanged.length === 0) return null;
  return (
    <Notice tone="warning">
      <p>{t('wizard:review.unchanged', { count: unchanged.length })}</p>
      <RefusalLinks refusals={unchanged} />
    </Notice>
  );
}
