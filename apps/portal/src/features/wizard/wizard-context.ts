import type { FormContext } from '@rnoce/schemas/fields';
import type { Issue } from '@rnoce/schemas/issues';
import type { ReferenceEntry, ReferenceList } from '@rnoce/schemas/reference';
import type { Step, Subscription } from '@rnoce/schemas/subscriptions';
import { createContext, useContext } from 'react';
import type { DraftSnapshot, DraftStore } from './draft-store.ts';
import type { Refusal } from './reasons.ts';
import type { UploadStore } from './upload-store.ts';

/** The reference lists that this form asks from. */
export type Lists = Readonly<Partial<Record<ReferenceList, readonly ReferenceEntry[]>>>;

/** What the steps share. */
export interface Wizard {
  readonly subscription: Subscription;
  readonly store: DraftStore;
  readonly draft: DraftSnapshot;
  readonly uploads: UploadStore;
  /** Tells the other tabs that a document was given or taken out. */
  readonly documentsChanged: () => void;
  readonly context: FormContext;
  /** The form as far as it can be changed now: an authority that judges its part, or has validated it, asks nothing. */
  readonly asked: Pick<FormContext, 'operatorType' | 'authorities'>;
  readonly lists: Lists;
  readonly refusals: readonly Refusal[];
  /** What is missing or wrong in the whole form now, by pointer. */
  readonly issues: readonly Issue[];
  /** Element of the form that the address leads to, `company.ice`, with a token that changes at each visit. */
  readonly target: { readonly element: string; readonly visit: string } | undefined;
  readonly goTo: (step: Step) => void;
}

export const WizardContext = createContext<Wizard | undefined>(undefined);

export function useWizard(): Wizard {
  const wizard = useContext(WizardContext);
  if (!wizard) throw new Error('A step of the wizard stands outside the wizard');
  return wizard;
}
