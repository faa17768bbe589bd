import { type CompanyField, companyFields } from '@rnoce/schemas/company';
import { type SectionsDraft, shownFields } from '@rnoce/schemas/sections';
import { Form } from '@rnoce/ui/form';
import { useFindMessage, useT } from '@rnoce/ui/i18n';
import { type ReactNode, useId } from 'react';
import { useWatch } from 'react-hook-form';
import { FieldFor } from './field-for.tsx';
import { type CompanyGroup, companyGroups } from './field-groups.ts';
import { PeopleNotice, RegistryNotice } from './registry-notice.tsx';
import { judgeValues, warningsByField } from './section-issues.ts';
import { companyFormValues, sectionOf } from './section-values.ts';
import { nextStep } from './steps.ts';
import { useSectionForm } from './use-section-form.ts';
import { useWizard } from './wizard-context.ts';

type Values = Record<string, unknown>;

const shape = {
  fromDraft: (data: SectionsDraft['company']): Values => ({ ...companyFormValues(data) }),
  typed: (values: Values) => values,
};

/** Fields as wide as the form: their content is long. */
const wide: readonly CompanyField[] = ['address', 'mainActivity', 'actualActivity', 'legalName'];

/** What BADR has confirmed for an « update_only »: that filing is attached to an account without any agent. */
const confirmed: readonly CompanyField[] = ['ice', 'taxId', 'rcNumber', 'rcCentre'];

function Group({ name, children }: { name: CompanyGroup; children: ReactNode }) {
  const t = useT();
  const id = useId();
  return (
    <section className="wizard-group" aria-labelledby={id}>
      <h2 id={id}>{t(`wizard:group.${name}`)}</h2>
      <div className="wizard-fields">{children}</div>
    </section>
  );
}

/** « Informations sur la société ». */
export function CompanyStep() {
  const t = useT();
  const find = useFindMessage();
  const { context, subscription, goTo } = useWizard();
  const form = useSectionForm('company', shape);
  const values = useWatch({ control: form.control }) as Values;
  const data = sectionOf('company', context, values);
  const shown = shownFields(companyFields, context, values);
  const warnings = warningsByField(judgeValues('company', context, data).warnings);
  const fixed = subscription.purpose === 'update_only' ? confirmed : [];

  return (
    <>
      <RegistryNotice />
      <PeopleNotice step="company" />
      <Form
        form={form}
        label={t('reference:step.company')}
        onSubmit={() => goTo(nextStep('company') ?? 'review')}
      >
        {Object.entries(companyGroups).map(([group, fields]) => (
          <Group key={group} name={group as CompanyGroup}>
            {fields
              .filter((field) => shown.includes(field))
              .map((field) => {
                const warning = warnings.get(field);
                return (
                  <div key={field} data-wide={wide.includes(field) || undefined}>
                    <FieldFor
                      section="company"
                      field={field}
                      name={field}
                      element={`company.${field}`}
                      readOnly={fixed.includes(field)}
                      warning={warning && find(`errors:warning.${warning.code}`, warning.params)}
                    />
                  </div>
                );
              })}
          </Group>
        ))}
        <button type="submit" hidden aria-label={t('common:action.next')} />
      </Form>
    </>
  );
}
