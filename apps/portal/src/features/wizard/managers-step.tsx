import { type ManagerField, maxManagers } from '@rnoce/schemas/managers';
import type { SectionsDraft } from '@rnoce/schemas/sections';
import { CardList } from '@rnoce/ui/card-list';
import { Form } from '@rnoce/ui/form';
import { useFindMessage, useT } from '@rnoce/ui/i18n';
import { offerUndo } from '@rnoce/ui/notifications';
import { useEffect, useId, useRef } from 'react';
import { useWatch } from 'react-hook-form';
import { FieldFor } from './field-for.tsx';
import { type ManagerGroup, managerGroups } from './field-groups.ts';
import { unchangedOf } from './reasons.ts';
import { PeopleNotice } from './registry-notice.tsx';
import { judgeValues, warningsByField } from './section-issues.ts';
import { managersFormValues, sectionOf } from './section-values.ts';
import { nextStep } from './steps.ts';
import { useSectionForm } from './use-section-form.ts';
import { useWizard } from './wizard-context.ts';

/** `key` tells a manager from the others while the list changes; it is never saved. */
type Manager = Record<string, unknown> & { readonly key: string };
interface Values {
  managers: Manager[];
}

const withKey = (values: Readonly<Record<string, unknown>>): Manager => ({
  ...values,
  key: crypto.randomUUID(),
});

/** A field that is left just as its card goes away can write itself back, alone and without a key: that is no manager. */
const present = (managers: readonly Manager[]): Manager[] =>
  managers.filter((manager: Partial<Manager>) => manager.key !== undefined);

const shape = {
  fromDraft: (data: SectionsDraft['managers']): Values => ({
    managers: managersFormValues(data).map(withKey),
  }),
  typed: (values: Values) => present(values.managers),
};

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** « Les gérants »: one compact card each, one open at a time. */
export function ManagersStep() {
  const t = useT();
  const find = useFindMessage();
  const { context, refusals, goTo } = useWizard();
  const form = useSectionForm('managers', shape);
  const values = present(useWatch({ control: form.control, name: 'managers' }));
  const { issues, warnings } = judgeValues('managers', context, sectionOf('managers', context, values));
  const doubts = warningsByField(warnings);
  const submitted = form.formState.isSubmitted;

  function problemOf(index: number): string | undefined {
    const here = issues.filter(({ pointer }) => pointer.startsWith(`/managers/${index}/`));
    const refused = unchangedOf(refusals).some(
      ({ element }) => element?.startsWith(`managers.${index}.`) === true,
    );
    if (refused) {
      return t('wizard:manager.refused');
    }
    if (here.some(({ code }) => code === 'duplicate')) return t('wizard:manager.duplicate');
    return submitted && here.length > 0 ? t('wizard:manager.incomplete', { count: here.length }) : undefined;
  }

  // Left, the step has no form any more to put a manager back into: « Rétablir » goes with it.
  const endOffer = useRef<() => void>(undefined);
  useEffect(() => () => endOffer.current?.(), []);

  const standing = () => present(form.getValues('managers'));

  /** Errors stand by position: after a change of the list they are judged again, or wait for a field to be left. */
  function replace(managers: Manager[]): void {
    form.setValue('managers', managers);
    form.clearErrors('managers');
    if (submitted) void form.trigger();
  }

  const items = values.map((manager, index) => {
    const name = `${text(manager.firstName)} ${text(manager.lastName)}`.trim();
    const idType = text(manager.idType);
    return {
      key: manager.key,
      title: name === '' ? t('portal:summary.manager', { number: index + 1 }) : name,
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
      <p className="wizard-lead">{t('wizard:manager.lead')}</p>
      <Form
        form={form}
        label={t('reference:step.managers')}
        onSubmit={() => goTo(nextStep('managers') ?? 'review')}
      >
        <CardList
          items={items}
          addLabel={t('wizard:manager.add')}
          max={maxManagers}
          onAdd={() => {
            const added = managersFormValues([]).map(withKey);
            form.setValue('managers', [...standing(), ...added]);
          }}
          onRemove={({ title }, index) => {
            const removed = standing().slice(index, index + 1);
            replace(standing().toSpliced(index, 1));
            endOffer.current = offerUndo(t('common:card-list.removed', { name: title }), {
              undo: () => replace(standing().toSpliced(index, 0, ...removed)),
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
        {t(`wizard:group.${group}`)}
      </h2>
      <div className="wizard-fields">
        {fields.map((field) => (
          <div key={field}>
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
