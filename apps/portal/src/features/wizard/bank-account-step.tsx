import { useT } from '@rnoce/ui/i18n';
import { FieldsStep } from './fields-step.tsx';
import { useSectionForm } from './use-section-form.ts';

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
