/** The order of the steps, and what the panel and the addresses say of them. */
import type { Issue } from '@rnoce/schemas/issues';
import { managerFields } from '@rnoce/schemas/managers';
import { type Step, stepOf, stepRules, steps } from '@rnoce/schemas/subscriptions';
import { stepSlugs } from '../../paths.ts';

/** The step of an address, `/demandes/:id/:step`; undefined for one that doesn't exist. */
export const stepOfSlug = (slug: string | undefined): Step | undefined =>
  steps.find((step) => stepSlugs[step] === slug);

export const nextStep = (step: Step): Step | undefined => steps[steps.indexOf(step) + 1];

export const previousStep = (step: Step): Step | undefined => steps[steps.indexOf(step) - 1];

/** Whether the panel names a new group of steps above this one: « Informations de base ». */
export const opensGroup = (step: Step): boolean => {
  const { group } = stepRules[step];
  const sameGroup = steps.filter((other) => stepRules[other].group === group);
  return sameGroup.length > 1 && sameGroup[0] === step;
};

/** What nobody of the list lacks: each field that is asked of a manager. */
const fieldsOfManager = Object.values(managerFields).filter(({ required }) => required).length;

/** How much a step still lacks, as its screen asks it: without any manager, the one whose card stands open lacks everything. */
export const countMissing = (step: Step, issues: readonly Issue[]): number =>
  issues
    .filter(({ pointer }) => stepOf(pointer) === step)
    .reduce((sum, { pointer }) => sum + (pointer === '/managers' ? fieldsOfManager : 1), 0);
