import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { useElementLabel } from './element-label.ts';
import { type Refusal, stepOfElement } from './reasons.ts';
import { useWizard } from './wizard-context.ts';

function Cause({ refusal }: { refusal: Refusal }) {
  const t = useT();
  const cause = t(`reference:cause.${refusal.cause}`);
  return refusal.text === '' ? cause : t('common:labelled', { label: cause, value: refusal.text });
}

/** Why the agents refused one field: stands between its label and its control. */
export function RefusalsAt({ element }: { element: string }) {
  const t = useT();
  const { refusals } = useWizard();
  return refusals
    .filter((refusal) => refusal.element === element)
    .map((refusal) => (
      <span key={`${refusal.authority} ${refusal.cause} ${refusal.text}`} className="wizard-refusal">
        <IconAlertTriangle className="rnoce-icon" aria-hidden />
        <span>
          <strong>
            {t('wizard:refusal.by', { authority: t(`reference:authority.${refusal.authority}`) })}
          </strong>{' '}
          <Cause refusal={refusal} />
        </span>
      </span>
    ));
}

/** Everything that was refused, each leading to its field or document; it stays in view through the steps. */
export function RefusalsNotice() {
  const t = useT();
  const labelOf = useElementLabel();
  const { refusals, subscription } = useWizard();
  if (refusals.length === 0) return null;
  return (
    <Notice tone="warning" title={t('wizard:refusal.title', { count: refusals.length })}>
      <ul className="wizard-list">
        {refusals.map((refusal) => (
          <li key={`${refusal.authority} ${refusal.element ?? ''} ${refusal.cause} ${refusal.text}`}>
            {refusal.element === undefined ? (
              <strong>{t('wizard:refusal.whole')}</strong>
            ) : (
              <Link to={paths.step(subscription.id, stepOfElement(refusal.element), refusal.element)}>
                {labelOf(refusal.element)}
              </Link>
            )}
            {' — '}
            <Cause refusal={refusal} />
          </li>
        ))}
      </ul>
      <p>{t('wizard:refusal.detail')}</p>
    </Notice>
  );
}
