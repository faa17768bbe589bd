/** What the agents refused, by the element that the wizard leads to. */

import { documentNames } from '@rnoce/schemas/documents';
import type { Filing } from '@rnoce/schemas/filings';
import type { Authority } from '@rnoce/schemas/operator-types';
import { type Step, stepOf } from '@rnoce/schemas/subscriptions';

type Reason = Filing['reasons'][number];

export interface Refusal {
  readonly authority: Authority;
  readonly cause: Reason['cause'];
  readonly text: string;
  /** `company.legalName`, `managers.0.idNumber`, `documents.ice`; undefined when it is about the whole. */
  readonly element: string | undefined;
  /** Corrected since it was refused: nothing to do but to send it again. */
  readonly changed: boolean;
}

const elementOfReason = (about: Reason['about']): string | undefined => {
  if (about === undefined) return undefined;
  return 'document' in about ? `documents.${about.document}` : about.field;
};

/** The reasons of the filings that were sent back, in the order of the form: the company, the managers, the documents, then the whole. */
export function refusalsOf(
  filings: readonly Pick<Filing, 'authority' | 'status' | 'reasons'>[],
): readonly Refusal[] {
  const rank = ({ element }: Refusal): number => {
    if (element === undefined) return 3000;
    const [section = '', name = ''] = element.split('.');
    if (section === 'company') return 0;
    if (section === 'managers') return 1000 + Number(name);
    return 2000 + documentNames.findIndex((document) => document === name);
  };
  return filings
    .filter(({ status }) => status === 'incomplete')
    .flatMap(({ authority, reasons }) =>
      reasons.map(({ about, cause, text, changed }) => ({
        authority,
        cause,
        text,
        element: elementOfReason(about),
        changed,
      })),
    )
    .toSorted((a, b) => rank(a) - rank(b));
}

/** What is still as it was refused. */
export const unchangedOf = (refusals: readonly Refusal[]): readonly Refusal[] =>
  refusals.filter(({ changed }) => !changed);

/** The step where a refused element is corrected; a reason about the whole belongs to the review. */
export const stepOfElement = (element: string | undefined): Step =>
  element === undefined ? 'review' : stepOf(`/${element.replaceAll('.', '/')}`);
