import { fixedIdentifiers } from '@rnoce/schemas/operator-types';
import { useSectionForm } from '../../form-sections/use-section-form.ts';
import { FieldsStep } from './fields-step.tsx';
import { PeopleNotice, RegistryNotice } from './registry-notice.tsx';
import { useWizard } from './wizard-context.ts';

/** « Informations sur la société ». */
export function CompanyStep() {
  const { subscription } = useWizard();
  const form = useSectionForm('company');
  return (
    <>
      <RegistryNotice />
      <PeopleNotice step="company" />
      <FieldsStep section="company" form={form} readOnly={fixedIdentifiers(subscription)} />
    </>
  );
}
