import type { CustomsRequest } from '@rnoce/schemas/customs-requests';
import type { FormContext } from '@rnoce/schemas/fields';
import { useMemo } from 'react';
import { useDraft } from '../../drafts/use-draft.ts';
import { canonicalPart, mergePart, partsOf, type RequestParts, serverRequest } from './request-parts.ts';
import { readRequest, refreshRequest, savePart } from './request-traffic.ts';

/** The draft of a request for as long as its screen is there. */
export function useRequestDraft(request: CustomsRequest, context: FormContext) {
  const { id, type } = request;
  const server = useMemo(() => serverRequest(request), [request]);
  return useDraft<RequestParts>(
    id,
    server,
    () => ({
      parts: partsOf(type),
      save: (part, data, version) => savePart(id, part, data, version),
      read: () => readRequest(id),
      canonical: (part, data) => canonicalPart(type, context, part, data),
      merge: (part, versions) => mergePart(type, context, part, versions),
    }),
    () => refreshRequest(id),
  );
}
