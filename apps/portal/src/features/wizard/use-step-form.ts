import { type Step, stepOf } from '@rnoce/schemas/subscriptions';
import { issueResolver } from '@rnoce/ui';
import { useEffect } from 'react';
import { type UseFormReturn, useForm } from 'react-hook-form';
import { useTarget } from '../../form-sections/use-target.ts';
import { useWizard } from './wizard-context.ts';

/**
 * The form of a step in which files are given: nothing is typed, and what is missing is judged like the fields of the other steps, so
 * that the summary of errors leads to the slots.
 */
export function useStepForm(step: Step): UseFormReturn {
  const { issues } = useWizard();
  const wrong = issues.filter(({ pointer }) => stepOf(pointer) === step);
  const form = useForm({ shouldFocusError: false, resolver: issueResolver(() => wrong) });
  const { trigger, formState } = form;
  const { isSubmitted } = formState;

  // What the summary says follows what was given since.
  const wrongNow = wrong.map(({ pointer, code }) => `${pointer} ${code}`).join();
  useEffect(() => {
    if (isSubmitted) void trigger();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the form is judged again when what is wrong changes
  }, [isSubmitted, trigger, wrongNow]);
  useTarget(trigger);
  return form;
}
