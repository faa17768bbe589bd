import { type Section, sectionRule, shownFields } from '@rnoce/schemas/sections';
import { Form } from '@rnoce/ui/form';
import { useFindMessage, useT } from '@rnoce/ui/i18n';
import { type ReactNode, useId } from 'react';
import { useWatch } from 'react-hook-form';
import { FieldFor } from './field-for.tsx';
import { type Group, groupsOf, isWide } from './field-groups.ts';
import { judgeValues, warningsByField } from './section-issues.ts';
import { sectionOf } from './section-values.ts';
import { nextStep } from './steps.ts';
import type { FormOfSection } from './use-section-form.ts';
import { useWizard } from './wizard-context.ts';

function FieldGroup({ name, children }: { name: Group; children: ReactNode }) {
  const t = useT();
  const id = useId();
  return (
    <section className="wizard-group" aria-labelledby={id}>
      <h2 id={id}>{t(`wizard:group.${name}`)}</h2>
      <div className="wizard-fields">{children}</div>
    </section>
  );
}

/** The step of a section that is one set of fields: those that the rules show, grouped by meaning, each with its doubts beside it. */
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
  const find = useFindMessage();
  const { context, asked, draft, goTo } = useWizard();
  const values = useWatch({ control: form.control });
  const data = sectionOf(section, context, values);
  const shown = shownFields(sectionRule(section).fields, context, values);
  const doubts = warningsByField(judgeValues(section, context, data, draft.sections).warnings);
  return (
    <Form form={form} label={t(`reference:step.${section}`)} onSubmit={() => goTo(nextStep(asked, section))}>
      {children}
      {groupsOf(section).map(([group, fields]) => (
        <FieldGroup key={group} name={group}>
          {fields
            .filter((field) => shown.includes(field))
            .map((field) => {
              const doubt = doubts.get(field);
              return (
                <div key={field} data-wide={isWide(section, field) || undefined}>
                  <FieldFor
                    section={section}
                    field={field}
                    name={field}
                    element={`${section}.${field}`}
                    readOnly={readOnly.includes(field)}
                    warning={doubt && find(`errors:warning.${doubt.code}`, doubt.params)}
                  />
                </div>
              );
            })}
        </FieldGroup>
      ))}
      <button type="submit" hidden aria-label={t('common:action.next')} />
    </Form>
  );
}
