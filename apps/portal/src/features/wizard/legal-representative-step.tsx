import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { isTold } from '../../form-sections/section-values.ts';
import { useSectionForm } from '../../form-sections/use-section-form.ts';
import { paths } from '../../paths.ts';
import { FieldsStep } from './fields-step.tsx';
import { missingIn } from './steps.ts';
import { useWizard } from './wizard-context.ts';

function ToManagers() {
  const t = useT();
  const { subscription } = useWizard();
  return (
    <Link to={paths.step(subscription.id, 'managers')}>{t('wizard:legalRepresentative.to-managers')}</Link>
  );
}

/** « Mandataire »: one of the managers, chosen by itself when there is but one. */
export function LegalRepresentativeStep() {
  const t = useT();
  const { draft, issues, store } = useWizard();
  const form = useSectionForm('legalRepresentative');
  const { setValue } = form;
  const managers = draft.sections.managers.filter(isTold);
  const { manager: chosen } = draft.sections.legalRepresentative;
  const isGone = Boolean(chosen) && !managers.some(({ key }) => key === chosen);
  const only = managers.length === 1 ? managers[0]?.key : undefined;

  // One who was chosen and is gone isn't replaced in silence.
  useEffect(() => {
    if (!only || chosen) return;
    setValue('manager', only);
    void store.flush();
  }, [only, chosen, setValue, store]);

  const incomplete = missingIn('managers', issues);
  return (
    <FieldsStep section="legalRepresentative" form={form}>
      <p className="wizard-lead">{t('wizard:legalRepresentative.lead')}</p>
      {isGone ? (
        <div className="wizard-notice">
          <Notice tone="warning" title={t('wizard:legalRepresentative.gone.title')} live="polite">
            <p>{t('wizard:legalRepresentative.gone.detail')}</p>
            <p>
              <ToManagers />
            </p>
          </Notice>
        </div>
      ) : managers.length > 0 && incomplete > 0 ? (
        <div className="wizard-notice">
          <Notice tone="warning" title={t('wizard:legalRepresentative.incomplete', { count: incomplete })}>
            <p>
              <ToManagers />
            </p>
          </Notice>
        </div>
      ) : null}
    </FieldsStep>
  );
}
