import { useT } from '@rnoce/ui/i18n';
import { useSectionForm } from '../../form-sections/use-section-form.ts';
import { FieldsStep } from './fields-step.tsx';

/** « Compte bancaire ». */
export function BankAccountStep() {
  const t = useT();
  const form = useSectionForm('bankAccount');
  return (
    <FieldsStep section="bankAccount" form={form}>
      <p className="wizard-lead">{t('wizard:bankAccount.lead')}</p>
    </FieldsStep>
  );
}
