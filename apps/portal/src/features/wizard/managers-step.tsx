import { type ManagerField, managerFields, maxManagers } from '@rnoce/schemas/managers';
import type { SectionsDraft } from '@rnoce/schemas/sections';
import { CardList } from '@rnoce/ui/card-list';
import { Form } from '@rnoce/ui/form';
import { useFindMessage, useT } from '@rnoce/ui/i18n';
import { offerUndo } from '@rnoce/ui/notifications';
import { useId } from 'react';
import { useFieldArray, useWatch } from 'react-hook-form';
import { FieldFor } from './field-for.tsx';
import { type ManagerGroup, managerGroups } from './field-groups.ts';
import { PeopleNotice } from './registry-notice.tsx';
import { judgeValues, warningsByField } from './section-issues.ts';
import { managersFormValues, sectionOf } from './section-values.ts';
import { nextStep } from './steps.ts';
import { useSectionForm } from './use-section-form.ts';
import { useWizard } from './wizard-context.ts';

type Manager = Record<string, unknown>;
interface Values {
  managers: Manager[];
}

const shape = {
  fromDraft: (data: SectionsDraft['managers']): Values => ({ managers: managersFormValues(data) }),
  typed: (values: Values) => values.managers,
};

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** « Les gérants »: one compact card each, one open at a time. */
export function ManagersStep() {
  const t = useT();
  const find = useFindMessage();
  const { context, refusals, goTo } = useWizard();
  const form = useSectionForm('managers', shape);
  const list = useFieldArray({ control: form.control, name: 'managers' });
  const values = useWatch({ control: form.control, name: 'managers' });
  const { issues, warnings } = judgeValues('managers', context, sectionOf('managers', context, values));
  const doubts = warningsByField(warnings);
  const submitted = form.formState.isSubmitted;

  function problemOf(index: number): string | undefined {
    const here = issues.filter(({ pointer }) => pointer.startsWith(`/managers/${index}/`));
    if (refusals.some(({ element }) => element?.startsWith(`managers.${index}.`) === true)) {
      return t('portal:wizard.manager.refused');
    }
    if (here.some(({ code }) => code === 'duplicate')) return t('portal:wizard.manager.duplicate');
    return submitted && here.length > 0
      ? t('portal:wizard.manager.incomplete', { count: here.length })
      : undefined;
  }

  const items = list.fields.map((field, index) => {
    const manager = values[index] ?? {};
    const name = `${text(manager.firstName)} ${text(manager.lastName)}`.trim();
    const idType = text(manager.idType);
    return {
      key: field.id,
      title: name === '' ? t('portal:wizard.manager.number', { number: index + 1 }) : name,
      detail: (
        <>
          {idType === '' ? null : find(`reference:id-type.${idType}`)}{' '}
          <bdi className="rnoce-code">{text(manager.idNumber)}</bdi>
        </>
      ),
      problem: problemOf(index),
    };
  });

  return (
    <>
      <PeopleNotice step="managers" />
      <p className="wizard-lead">{t('portal:wizard.manager.lead')}</p>
      <Form
        form={form}
        label={t('reference:step.managers')}
        onSubmit={() => goTo(nextStep('managers') ?? 'review')}
      >
        <CardList
          items={items}
          addLabel={t('portal:wizard.manager.add')}
          max={maxManagers}
          onAdd={() => list.append(managersFormValues([])[0] ?? {}, { shouldFocus: false })}
          onRemove={({ title }, index) => {
            const removed = form.getValues(`managers.${index}`);
            list.remove(index);
            offerUndo(t('common:card-list.removed', { name: title }), {
              undo: () => list.insert(index, removed, { shouldFocus: false }),
            });
          }}
        >
          {(_, index) =>
            Object.entries(managerGroups).map(([group, fields]) => (
              <ManagerFields
                key={group}
                group={group as ManagerGroup}
                fields={fields}
                index={index}
                warningOf={(field) => {
                  const warning = doubts.get(`managers.${index}.${field}`);
                  return warning && find(`errors:warning.${warning.code}`, warning.params);
                }}
              />
            ))
          }
        </CardList>
        <button type="submit" hidden aria-label={t('common:action.next')} />
      </Form>
    </>
  );
}

function ManagerFields({
  group,
  fields,
  index,
  warningOf,
}: {
  group: ManagerGroup;
  fields: readonly ManagerField[];
  index: number;
  warningOf: (field: ManagerField) => string | undefined;
}) {
  const t = useT();
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="wizard-card-group">
        {t(`portal:wizard.group.${group}`)}
      </h2>
      <div className="wizard-fields">
        {fields.map((field) => (
          <div key={field} data-wide={managerFields[field].kind === 'long_text' || undefined}>
            <FieldFor
              section="manager"
              field={field}
              name={`managers.${index}.${field}`}
              element={`managers.${index}.${field}`}
              warning={warningOf(field)}
            />
          </div>
        ))}
      </div>
    </section>
  );
}
