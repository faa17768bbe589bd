/** What the agents refused, by the element that the wizard leads to. */

import { documentNames } from '@rnoce/schemas/documents';
import type { FormContext } from '@rnoce/schemas/fields';
import type { Filing } from '@rnoce/schemas/filings';
import { steps } from '@rnoce/schemas/subscriptions';
import type { Refusal } from '../../form-sections/refusals.ts';
import { elementOf as elementOfReason, stepOfElement } from '../../subscription-summary/reasons.ts';

/** The reasons of the filings that were sent back, in the order of the form's steps, items and documents, then those about the whole. */
export function refusalsOf(
  filings: readonly Pick<Filing, 'authority' | 'status' | 'reasons'>[],
): readonly Refusal[] {
  const rank = ({ element }: Refusal): number => {
    if (element === undefined) return steps.length * 100;
    const [, name = ''] = element.split('.');
    const place = Number(name);
    const within = Number.isNaN(place) ? documentNames.findIndex((document) => document === name) : place;
    return steps.indexOf(stepOfElement(element)) * 100 + within;
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

/** What is to be corrected before the form is sent as it is open now; another authority's word is seen beside its field all the same. */
export const refusalsOfOpen = (
  refusals: readonly Refusal[],
  asked: Pick<FormContext, 'authorities'>,
): readonly Refusal[] => refusals.filter(({ authority }) => asked.authorities.includes(authority));
