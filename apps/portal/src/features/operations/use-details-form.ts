import type { CustomsRequestType } from '@rnoce/schemas/customs-account';
import { requestFieldsOf } from '@rnoce/schemas/customs-request-rules';
import type { RequestDetails } from '@rnoce/schemas/customs-requests';
import type { FormContext } from '@rnoce/schemas/fields';
import { judgeFields, shownFields } from '@rnoce/schemas/sections';
import { issueResolver } from '@rnoce/ui';
import { useEffect, useRef } from 'react';
import { type UseFormReturn, useForm } from 'react-hook-form';
import type { DraftSnapshot, DraftStore } from '../../drafts/draft-store.ts';
import type { RequestParts } from './request-parts.ts';

export interface DetailsValues {
  readonly details: Record<string, string>;
}

const typedOf = (type: CustomsRequestType, details: RequestDetails): DetailsValues => ({
  details: Object.fromEntries(
    Object.keys(requestFieldsOf(type)).map((name) => [name, details[name as keyof RequestDetails] ?? '']),
  ),
});

/** The form of what an operation asks beside the form's sections: starts from the draft and hands each change to it. */
export function useDetailsForm(
  type: CustomsRequestType,
  context: FormContext,
  { store, draft, judged }: DraftOf,
): UseFormReturn<DetailsValues> {
  const fields = requestFieldsOf(type);
  const form = useForm<DetailsValues>({
    mode: 'onBlur',
    shouldFocusError: false,
    defaultValues: typedOf(type, draft.sections.details),
    resolver: issueResolver(({ details }) =>
      judgeFields(fields, context, details).issues.map((issue) => ({
        ...issue,
        pointer: `/details${issue.pointer}`,
      })),
    ),
  });
  const { subscribe, reset, trigger, getFieldState } = form;

  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: ({ values: { details }, name }) => {
          const shown = shownFields(fields, context, details);
          const kept = shown.map((field) => [field, details[field] === '' ? null : details[field]]);
          store.change('details', Object.fromEntries(kept) as RequestDetails);
          if (name?.startsWith('details.') && getFieldState(name as `details.${string}`).invalid)
            void trigger(name as `details.${string}`);
        },
      }),
    [subscribe, getFieldState, trigger, store, fields, context],
  );

  useEffect(() => {
    if (judged > 0) void trigger();
  }, [judged, trigger]);

  const revision = draft.revisions.details;
  const shown = useRef(revision);
  useEffect(() => {
    if (shown.current === revision) return;
    shown.current = revision;
    reset(typedOf(type, store.snapshot().sections.details), { keepTouched: true, keepIsSubmitted: true });
    if (judged > 0) void trigger();
  }, [revision, reset, trigger, store, type, judged]);

  return form;
}

interface DraftOf {
  readonly store: DraftStore<RequestParts>;
  readonly draft: DraftSnapshot<RequestParts>;
  /** Goes up each time the form was asked to be sent. */
  readonly judged: number;
}
