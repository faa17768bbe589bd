import type { Reason } from '@rnoce/schemas/filings';
import { type Step, stepOf } from '@rnoce/schemas/subscriptions';

type About = Reason['about'] | { document: string } | { field: string };

/** What a reason is about, as an element of the form: `documents.ice`, `company.legalName`; undefined for the whole. */
export function elementOf(about: About | undefined): string | undefined {
  if (!about) return undefined;
  return 'document' in about ? `documents.${about.document}` : about.field;
}

/** The step of the form that holds an element; the review for the whole. */
export const stepOfElement = (element: string | undefined): Step =>
  element === undefined ? 'review' : stepOf(`/${element.replaceAll('.', '/')}`);
