/** The order of the steps of a form, and what the panel and the addresses say of them. */
import type { FormContext } from '@rnoce/schemas/fields';
import { authoritiesOpen } from '@rnoce/schemas/filings';
import { isListSection, sectionRule, sections } from '@rnoce/schemas/sections';
import {
  type Step,
  type Subscription,
  stepOf,
  stepRules,
  steps,
  stepsOf,
} from '@rnoce/schemas/subscriptions';
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

/** What an item of a list is asked: of nobody yet, all of it is missing. */
const askedOfItem: ReadonlyMap<string, number> = new Map(
  sections
    .filter(isListSection)
    .map((section) => [
      `/${section}`,
      Object.values(sectionRule(section).fields).filter(({ required }) => required).length,
    ]),
);

interface Found {
  readonly pointer: string;
  readonly code: string;
}

/** How much a step still lacks, as its screen asks it: without any item in its list, the one whose card stands open lacks everything. */
export const countMissing = (step: Step, issues: readonly Found[]): number =>
  issues
    .filter(({ pointer }) => stepOf(pointer) === step)
    .reduce(
      (sum, { pointer, code }) => sum + (code === 'min_items' ? (askedOfItem.get(pointer) ?? 1) : 1),
      0,
    );

/** The steps that ask for files alone. */
export const asksDocuments = (step: Step): boolean => step === 'documents' || step === 'contract';
