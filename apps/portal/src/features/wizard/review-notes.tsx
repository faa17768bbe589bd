import { useFindMessage, useT } from '@rnoce/ui/i18n';
import { StatusBadge } from '@rnoce/ui/status-badge';
import { type ReactNode, useMemo } from 'react';
import { doubtsOf } from '../../form-sections/section-issues.ts';
import { useWizard } from './wizard-context.ts';

/** What was refused of an element: whether it was corrected since. */
export function RefusalMark({ element }: { element: string }) {
  const t = useT();
  const here = useWizard().refusals.filter((refusal) => refusal.element === element);
  if (here.length === 0) return null;
  return here.some(({ changed }) => !changed) ? (
    <StatusBadge tone="warning">{t('wizard:item.refused')}</StatusBadge>
  ) : (
    <StatusBadge tone="success">{t('reference:reason.changed')}</StatusBadge>
  );
}

/**
 * Notes beside an element: what was refused of it, and what the field itself says of a doubtful value, which blocks nothing and is easily
 * forgotten on the way to the review.
 */
export function useNoteAt(): (element: string) => ReactNode {
  const find = useFindMessage();
  const { context, draft } = useWizard();
  const doubts = useMemo(() => doubtsOf(context, draft.sections), [context, draft.sections]);
  return (element) => {
    const doubt = doubts.get(element);
    return (
      <>
        <RefusalMark element={element} />
        {doubt ? (
          <span className="wizard-held">{find(`errors:warning.${doubt.code}`, doubt.params)}</span>
        ) : null}
      </>
    );
  };
}
