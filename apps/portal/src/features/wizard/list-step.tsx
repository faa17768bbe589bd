import type { ListSection } from '@rnoce/schemas/sections';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import type { ReactNode } from 'react';
import { SectionItems } from '../../form-sections/section-items.tsx';
import { useSectionForm } from '../../form-sections/use-section-form.ts';
import { nextStep } from './steps.ts';
import { useWizard } from './wizard-context.ts';

/** The step of a list: managers, users, contacts. */
export function ListStep({ section, children }: { section: ListSection; children?: ReactNode }) {
  const t = useT();
  const { asked, goTo } = useWizard();
  const form = useSectionForm(section);
  return (
    <>
      {children}
      <p className="wizard-lead">{t(`wizard:${section}.lead`)}</p>
      <Form
        form={form}
        label={t(`reference:step.${section}`)}
        onSubmit={() => goTo(nextStep(asked, section))}
      >
        <SectionItems section={section} />
        <button type="submit" hidden aria-label={t('common:action.next')} />
      </Form>
    </>
  );
}
