import type { Section } from '@rnoce/schemas/sections';
import { issueResolver } from '@rnoce/ui';
import { useEffect, useRef } from 'react';
import { type UseFormReturn, useForm } from 'react-hook-form';
import { useFormFrame } from './form-frame.ts';
import { judgeValues } from './section-issues.ts';
import { formValues, sectionOf, typedOf } from './section-values.ts';
import { useTarget } from './use-target.ts';

export type FormOfSection = UseFormReturn;

/**
 * The form of a section: starts from the draft, hands each change to it, starts again when the draft was replaced from outside,
 * and leads to the field that the address names. Errors show when a field is left, then follow what is typed.
 */
export function useSectionForm(section: Section): FormOfSection {
  const { sections, latest, revisions, change, context, judged = 0 } = useFormFrame();
  const form = useForm({
    // « onTouched » would judge a whole item as soon as it is added.
    mode: 'onBlur',
    shouldFocusError: false,
    defaultValues: formValues(section, sections[section]),
    resolver: issueResolver(
      (values) =>
        judgeValues(section, context, sectionOf(section, context, typedOf(section, values)), latest()).issues,
    ),
  });
  const { subscribe, reset, trigger, getFieldState } = form;

  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: ({ values, name }) => {
          change(section, sectionOf(section, context, typedOf(section, values)));
          // An error that is shown follows what is typed.
          if (name !== undefined && getFieldState(name).invalid) void trigger(name);
        },
      }),
    [subscribe, getFieldState, trigger, change, section, context],
  );

  // Asked to be sent: every field says what is wrong with it.
  useEffect(() => {
    if (judged > 0) void trigger();
  }, [judged, trigger]);

  const revision = revisions[section];
  const shown = useRef(revision);
  useEffect(() => {
    if (shown.current === revision) return;
    shown.current = revision;
    const again = form.formState.isSubmitted || judged > 0;
    reset(formValues(section, latest()[section]), {
      keepTouched: true,
      keepIsSubmitted: true,
    });
    if (again) void trigger();
  }, [revision, reset, trigger, form, section, latest, judged]);

  useTarget(trigger);
  return form;
}
