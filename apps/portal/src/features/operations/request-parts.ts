/** The parts of a request about the customs account, as its draft holds, compares and puts them together. */
import type { CustomsRequestType } from '@rnoce/schemas/customs-account';
import { requestFieldsOf, type UpdatedSections } from '@rnoce/schemas/customs-request-rules';
import type { CustomsRequest, RequestDetails } from '@rnoce/schemas/customs-requests';
import type { FormContext } from '@rnoce/schemas/fields';
import { type SectionsDraft, tidyFields } from '@rnoce/schemas/sections';
import type { PartOf, ServerDraft } from '../../drafts/draft-store.ts';
import { canonical, completeSections, mergeSections } from '../../form-sections/section-values.ts';

/** What is typed in a request: of a cancellation or a restoration, `details` alone. */
export interface RequestParts {
  readonly details: RequestDetails;
  readonly company: SectionsDraft['company'];
  readonly managers: SectionsDraft['managers'];
}
export type RequestPart = PartOf<RequestParts>;

/** The parts that are saved, in the order of the form. */
export const partsOf = (type: CustomsRequestType): readonly RequestPart[] =>
  type === 'update' ? ['company', 'managers', 'details'] : ['details'];

/** The sections of a request as its rules read them, whether they are there or not. */
export const updatedOf = ({ company, managers }: CustomsRequest['sections']): UpdatedSections => ({
  company: company ?? {},
  managers: managers ?? [],
});

/** What the server holds of a request. */
export function serverRequest({
  version,
  savedAt,
  details,
  sections,
}: Pick<CustomsRequest, 'version' | 'savedAt' | 'details' | 'sections'>): ServerDraft<RequestParts> {
  const { company, managers } = completeSections(updatedOf(sections));
  return { version, savedAt, sections: { details, company, managers } };
}

type Values = Readonly<Record<string, unknown>>;

const said = (type: CustomsRequestType, context: FormContext, details: unknown): Values =>
  tidyFields(requestFieldsOf(type), context, details as Values);

/** One text for all the ways of writing the same part. */
export function canonicalPart(
  type: CustomsRequestType,
  context: FormContext,
  part: RequestPart,
  data: RequestParts[RequestPart],
): string {
  if (part !== 'details') return canonical(part, context, data as SectionsDraft['company']);
  return JSON.stringify(said(type, context, data));
}

type Sides<T> = Readonly<Record<'base' | 'mine' | 'theirs', T>>;

/** Puts together what was typed here and what the server holds, field by field; undefined when both changed the same one. */
export function mergePart(
  type: CustomsRequestType,
  context: FormContext,
  part: RequestPart,
  versions: Sides<RequestParts[RequestPart]>,
): RequestParts[RequestPart] | undefined {
  if (part !== 'details') {
    return mergeSections(
      part,
      context,
      versions as Sides<SectionsDraft['company']>,
    ) as RequestParts[RequestPart];
  }
  const { base, mine, theirs } = versions as Sides<RequestDetails>;
  const [was, here, there] = [base, mine, theirs].map((details) => said(type, context, details));
  const merged: Record<string, unknown> = {};
  for (const name of Object.keys(requestFieldsOf(type))) {
    const [before, isHere, isThere] = [was?.[name], here?.[name], there?.[name]];
    if (isHere !== isThere && isHere !== before && isThere !== before) return undefined;
    merged[name] = (isHere === before ? theirs : mine)[name as keyof RequestDetails];
  }
  return merged;
}
