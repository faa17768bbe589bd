import type { Section } from '@rnoce/schemas/sections';
import { issueResolver } from '@rnoce/ui';
import { useEffect, useRef } from 'react';
import { type UseFormReturn, useForm } from 'react-hook-form';
import { judgeValues } from './section-issues.ts';
import { formValues, sectionOf, typedOf } from './section-values.ts';
import { useTarget } from './use-target.ts';
import { useWizard } from './wizard-context.ts';

export type FormOfSection = UseFormReturn;

/**
 * The form of a section: starts from the draft, hands each change to it, starts again when the draft was replaced from outside,
 * and leads to the field that the address names. Errors show when a field is left, then follow what is typed.
 */
export function useSectionForm(section: Section): FormOfSection {
  const { store, draft, context } = useWizard();
  const form = useForm({
    // « onTouched » would judge a whole item as soon as it is added.
    mode: 'onBlur',
    shouldFocusError: false,
    defaultValues: formValues(section, draft.sections[section]),
    resolver: issueResolver(
      (values) =>
        judgeValues(
          section,
          context,
          sectionOf(section, context, typedOf(section, values)),
          store.snapshot().sections,
        ).issues,
    ),
  });
  const { subscribe, reset, trigger, getFieldState } = form;

  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: ({ values, name }) => {
          store.change(section, sectionOf(section, context, typedOf(section, values)));
          // An error that is shown follows what is typed.
          if (name !== undefined && getFieldState(name).invalid) void trigger(name);
        },
      }),
    [subscribe, getFieldState, trigger, store, section, context],
  );

  const revision = draft.revisions[section];
  const shown = useRef(revision);
  useEffect(() => {
    if (shown.current === revision) return;
    shown.current = revision;
    const again = form.formState.isSubmitted;
    reset(formValues(section, store.snapshot().sections[section]), {
      keepTouched: true,
      keepIsSubmitted: true,
    });
    if (again) void trigger();
  }, [revision, reset, trigger, form, section, store]);

  useTarget(trigger);
  return form;
}
