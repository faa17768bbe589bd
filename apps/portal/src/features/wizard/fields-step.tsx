import type { Section } from '@rnoce/schemas/sections';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import type { ReactNode } from 'react';
import { SectionFields } from '../../form-sections/section-fields.tsx';
import type { FormOfSection } from '../../form-sections/use-section-form.ts';
import { nextStep } from './steps.ts';
import { useWizard } from './wizard-context.ts';

/** The step of a section that is one set of fields. */
export function FieldsStep({
  section,
  form,
  readOnly = [],
  children,
}: {
  section: Exclude<Section, 'managers' | 'singleWindowUsers' | 'contacts'>;
  form: FormOfSection;
  /** Fields that can't be typed in this form. */
  readOnly?: readonly string[];
  /** What stands above the fields. */
  children?: ReactNode;
}) {
  const t = useT();
  const { asked, goTo } = useWizard();
  return (
    <Form form={form} label={t(`reference:step.${section}`)} onSubmit={() => goTo(nextStep(asked, section))}>
      {children}
      <SectionFields section={section} readOnly={readOnly} />
      <button type="submit" hidden aria-label={t('common:action.next')} />
    </Form>
  );
}
