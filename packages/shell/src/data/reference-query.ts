import type { Client } from '@rnoce/api-client/call';
import { getReferenceList } from '@rnoce/api-client/reference';
import type { ReferenceList } from '@rnoce/schemas/reference';
import { queryOptions } from '@tanstack/react-query';

/** The query of a reference list, by the application's client; the lists don't change while a page lives. */
export const createReferenceQuery = (client: Client) => (list: ReferenceList) =>
  queryOptions({
    queryKey: ['reference', list],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => (await getReferenceList(client, { params: { list }, signal })).data.items,
  });
