/** The order of the steps of a form, and what the panel and the addresses say of them. */
import type { FormContext } from '@rnoce/schemas/fields';
import { authoritiesOpen } from '@rnoce/schemas/filings';
import {
  type Step,
  type Subscription,
  stepOf,
  stepRules,
  steps,
  stepsOf,
} from '@rnoce/schemas/subscriptions';
import { countMissing } from '../../form-sections/count-missing.ts';
import { stepSlugs } from '../../paths.ts';

type StepContext = Pick<FormContext, 'operatorType' | 'authorities'>;

/** The form as far as it can be changed now: without the steps of an authority that judges its part, or has validated it. */
export const askedNow = ({
  operatorType,
  filings,
}: Pick<Subscription, 'operatorType' | 'filings'>): StepContext => ({
  operatorType,
  authorities: authoritiesOpen(filings),
});

/** The step of an address, `/demandes/:id/:step`; undefined for one that doesn't exist. */
export const stepOfSlug = (slug: string | undefined): Step | undefined =>
  steps.find((step) => stepSlugs[step] === slug);

function neighbour(context: StepContext, step: Step, distance: 1 | -1): Step | undefined {
  const own = stepsOf(context);
  return own[own.indexOf(step) + distance];
}

/** The step after this one; after the last, the review. */
export const nextStep = (context: StepContext, step: Step): Step => neighbour(context, step, 1) ?? 'review';

export const previousStep = (context: StepContext, step: Step): Step | undefined =>
  neighbour(context, step, -1);

/** The groups of steps that have a name: « Informations de base », « Autres informations ». */
const namedGroups = ['base', 'other'] as const;

/** The group that the panel names above this step: its first one, when the form has several of the group. */
export function groupOpened(context: StepContext, step: Step): (typeof namedGroups)[number] | undefined {
  const { group } = stepRules[step];
  const sameGroup = stepsOf(context).filter((other) => stepRules[other].group === group);
  return sameGroup.length > 1 && sameGroup[0] === step
    ? namedGroups.find((named) => named === group)
    : undefined;
}

interface Found {
  readonly pointer: string;
  readonly code: string;
}

/** How much a step still lacks. */
export const missingIn = (step: Step, issues: readonly Found[]): number =>
  countMissing(issues.filter(({ pointer }) => stepOf(pointer) === step));

/** The steps that ask for files alone. */
export const asksDocuments = (step: Step): boolean => step === 'documents' || step === 'contract';
