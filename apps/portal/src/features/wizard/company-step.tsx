import type { CompanyField } from '@rnoce/schemas/company';
import { useSectionForm } from '../../form-sections/use-section-form.ts';
import { FieldsStep } from './fields-step.tsx';
import { PeopleNotice, RegistryNotice } from './registry-notice.tsx';
import { useWizard } from './wizard-context.ts';

/** What BADR has confirmed for an « update_only »: that filing is attached to an account without any agent. */
const confirmed: readonly CompanyField[] = ['ice', 'taxId', 'rcNumber', 'rcCentre'];

/** « Informations sur la société ». */
export function CompanyStep() {
  const { subscription } = useWizard();
  const form = useSectionForm('company');
  return (
    <>
      <RegistryNotice />
      <PeopleNotice step="company" />
      <FieldsStep
        section="company"
        form={form}
        readOnly={subscription.purpose === 'update_only' ? confirmed : []}
      />
    </>
  );
}
