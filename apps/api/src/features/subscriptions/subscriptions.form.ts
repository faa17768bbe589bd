import {
  type Authority,
  casablancaDate,
  type FormContext,
  type FormState,
  judgeForm,
  type Progress,
  stepStates,
} from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import { contractDataHash } from '../contracts/contract-data.ts';
import type { CurrentDocument, FormRecord, SubscriptionRecord } from './subscriptions.repository.ts';
import { authoritiesToSend, type FilingState } from './subscriptions.states.ts';

type FormSubject = Pick<FormContext, 'operatorType' | 'authorities'>;

/** Today's date and the reference lists: what the rules of any form depend on beside the form itself. */
export type RuleContext = Pick<FormContext, 'today' | 'has' | 'ribCodes'>;

/** The rules as they are now: today in Casablanca, the reference lists. */
export const loadRuleContext = async ({
  references,
  now,
}: Pick<Deps, 'references' | 'now'>): Promise<RuleContext> => ({
  today: casablancaDate(now()),
  ...(await references.rules()),
});

const contexts = new WeakMap<RuleContext['has'], Map<string, FormContext>>();

/** What the rules of this subscription's form depend on: the same object for the same kind of form on one day, so that its schemas are built once. */
export function formContext(
  { operatorType, authorities }: FormSubject,
  { today, has, ribCodes }: RuleContext,
): FormContext {
  let known = contexts.get(has);
  // A new day starts anew, or the contexts of every day would stay for ever.
  if (!known || [...known.values()].some((context) => context.today !== today)) known = new Map();
  contexts.set(has, known);
  const key = `${operatorType} ${authorities.join()}`;
  const context = known.get(key) ?? { operatorType, authorities, today, has, ribCodes };
  known.set(key, context);
  return context;
}

/** Whether a document that stands can't stay: an agent refused it, or the antivirus found a threat in it. */
export const mustReplace = ({ version, verdict }: CurrentDocument): boolean =>
  verdict === 'refused' || version.scan === 'infected';

/** The documents that stand in the form. `signedIsCurrent`: whether the signed contract is the one that the form makes. */
export const givenDocuments = (
  documents: readonly CurrentDocument[],
  signedIsCurrent: boolean,
): FormState['documents'] =>
  documents.map((one) => ({
    document: one.version.document,
    mustReplace: mustReplace(one),
    outdated: one.version.document === 'contract' && !signedIsCurrent,
  }));

/** The same, of what a save reads: the contract that was signed is known by the hash of its data. */
export const savedDocuments = (
  subscription: Pick<SubscriptionRecord, 'code' | 'operatorType' | 'sections'>,
  { documents, signedDataHash }: Pick<FormRecord, 'documents' | 'signedDataHash'>,
): FormState['documents'] =>
  documents.map((one) => ({
    ...one,
    outdated: one.document === 'contract' && signedDataHash !== contractDataHash(subscription),
  }));

/** What is missing, wrong or doubtful in a form for those who are to get it, by step. */
export function progressOf(
  subscription: FormSubject & Pick<SubscriptionRecord, 'sections' | 'currentStep'>,
  documents: FormState['documents'],
  filings: readonly (FilingState & { readonly authority: Authority })[],
  rules: RuleContext,
): Progress {
  const context = formContext(subscription, rules);
  const { issues, warnings } = judgeForm({
    context,
    sections: subscription.sections,
    documents,
    open: authoritiesToSend(filings),
  });
  return { steps: stepStates(context, issues, subscription.currentStep), issues, warnings };
}

/** The progress of a form that nobody can change: nothing is missing. */
export const finishedProgress = (
  subscription: FormSubject & Pick<SubscriptionRecord, 'currentStep'>,
): Progress => ({
  steps: stepStates(subscription, [], subscription.currentStep),
  issues: [],
  warnings: [],
});
