import { useT } from '@rnoce/ui/i18n';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { type Refusal, refusalKey } from './refusals.ts';

export function Cause({ refusal }: { refusal: Refusal }) {
  const t = useT();
  const cause = t(`reference:cause.${refusal.cause}`);
  return refusal.text === '' ? cause : t('common:labelled', { label: cause, value: refusal.text });
}

/** Why the agents refused one field or document: stands between its label and its control, and says so once it was corrected. */
export function RefusalsAt({ element, refusals }: { element: string; refusals: readonly Refusal[] }) {
  const t = useT();
  return refusals
    .filter((refusal) => refusal.element === element)
    .map((refusal) => (
      <span key={refusalKey(refusal)} className="wizard-refusal" data-changed={refusal.changed || undefined}>
        {refusal.changed ? (
          <IconCircleCheck className="rnoce-icon" aria-hidden />
        ) : (
          <IconAlertTriangle className="rnoce-icon" aria-hidden />
        )}
        <span>
          {refusal.changed ? (
            <strong className="wizard-changed">{t('reference:reason.changed')}</strong>
          ) : null}
          <strong>
            {t('wizard:refusal.by', { authority: t(`reference:authority.${refusal.authority}`) })}
          </strong>{' '}
          <Cause refusal={refusal} />
        </span>
      </span>
    ));
}
