import type { Filing } from '@rnoce/schemas/filings';
import type { Authority } from '@rnoce/schemas/operator-types';

/** What an agent refused, by the element that the form leads to. */
export interface Refusal {
  readonly authority: Authority;
  readonly cause: Filing['reasons'][number]['cause'];
  readonly text: string;
  /** `company.legalName`, `managers.0.idNumber`, `documents.ice`; undefined when it is about the whole. */
  readonly element: string | undefined;
  /** Corrected since it was refused: nothing to do but to send it again. */
  readonly changed: boolean;
}

/** What is still as it was refused. */
export const unchangedOf = (refusals: readonly Refusal[]): readonly Refusal[] =>
  refusals.filter(({ changed }) => !changed);

export const refusalKey = ({ authority, element, cause, text }: Refusal): string =>
  `${authority} ${element ?? ''} ${cause} ${text}`;
