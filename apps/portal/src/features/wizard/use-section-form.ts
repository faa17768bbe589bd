import type { Section, SectionsDraft } from '@rnoce/schemas/sections';
import { issueResolver } from '@rnoce/ui';
import { useEffect, useRef } from 'react';
import {
  type DefaultValues,
  type FieldPath,
  type FieldValues,
  type UseFormReturn,
  useForm,
} from 'react-hook-form';
import { judgeValues } from './section-issues.ts';
import { sectionOf } from './section-values.ts';
import { useTarget } from './use-target.ts';
import { useWizard } from './wizard-context.ts';

/** How a form holds a section, and where the section is in its values. */
interface Shape<S extends Section, V extends FieldValues> {
  readonly fromDraft: (data: SectionsDraft[S]) => V;
  readonly typed: (values: V) => unknown;
}

/**
 * The form of a section: starts from the draft, hands each change to it, starts again when the draft was replaced from outside,
 * and leads to the field that the address names. Errors show when a field is left, then follow what is typed.
 * `shape` must not change from one drawing to the next.
 */
export function useSectionForm<S extends Section, V extends FieldValues>(
  section: S,
  shape: Shape<S, V>,
): UseFormReturn<V> {
  const { store, draft, context } = useWizard();
  const form = useForm<V>({
    // « onTouched » would judge a whole manager as soon as it is added.
    mode: 'onBlur',
    shouldFocusError: false,
    defaultValues: shape.fromDraft(draft.sections[section]) as DefaultValues<V>,
    resolver: issueResolver(
      (values) => judgeValues(section, context, sectionOf(section, context, shape.typed(values))).issues,
    ),
  });
  const { subscribe, reset, trigger, getFieldState } = form;

  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: ({ values, name }) => {
          store.change(section, sectionOf(section, context, shape.typed(values)));
          // An error that is shown follows what is typed.
          const field = name as FieldPath<V> | undefined;
          if (field !== undefined && getFieldState(field).invalid) void trigger(field);
        },
      }),
    [subscribe, getFieldState, trigger, store, section, context, shape],
  );

  const revision = draft.revisions[section];
  const shown = useRef(revision);
  useEffect(() => {
    if (shown.current === revision) return;
    shown.current = revision;
    const again = form.formState.isSubmitted;
    reset(shape.fromDraft(store.snapshot().sections[section]), { keepTouched: true, keepIsSubmitted: true });
    if (again) void trigger();
  }, [revision, reset, trigger, form, section, shape, store]);

  useTarget(trigger);
  return form;
}
