import type { FormContext } from '@rnoce/schemas/fields';
import type { Issue } from '@rnoce/schemas/issues';
import type { Step, Subscription } from '@rnoce/schemas/subscriptions';
import { createContext, useContext } from 'react';
import type { DraftSnapshot, DraftStore } from '../../drafts/draft-store.ts';
import type { Refusal } from '../../form-sections/refusals.ts';
import type { Sections } from '../../form-sections/section-values.ts';

/** What the steps share. */
export interface Wizard {
  readonly subscription: Subscription;
  readonly store: DraftStore<Sections>;
  readonly draft: DraftSnapshot<Sections>;
  readonly context: FormContext;
  /** The form as far as it can be changed now: an authority that judges its part, or has validated it, asks nothing. */
  readonly asked: Pick<FormContext, 'operatorType' | 'authorities'>;
  readonly refusals: readonly Refusal[];
  /** What is missing or wrong in the whole form now, by pointer. */
  readonly issues: readonly Issue[];
  readonly goTo: (step: Step) => void;
}

export const WizardContext = createContext<Wizard | undefined>(undefined);

export function useWizard(): Wizard {
  const wizard = useContext(WizardContext);
  if (!wizard) throw new Error('A step of the wizard stands outside the wizard');
  return wizard;
}
