import type { Reason } from '@rnoce/schemas/filings';
import { type Step, stepOf } from '@rnoce/schemas/subscriptions';

type About = Reason['about'] | { document: string } | { field: string } | { item: string };

/** What a reason is about, as an element of the form: `documents.ice`, `company.legalName`; undefined for the whole. */
export function elementOf(about: About | undefined): string | undefined {
  if (!about) return undefined;
  if ('document' in about) return `documents.${about.document}`;
  return 'item' in about ? about.item : about.field;
}

/** The step of the form that holds an element; the review for the whole. */
export const stepOfElement = (element: string | undefined): Step =>
  element === undefined ? 'review' : stepOf(`/${element.replaceAll('.', '/')}`);
