import { listAccountApiKeys } from '@rnoce/api-client/account-api-keys';
import { queryOptions } from '@tanstack/react-query';
import { client } from '../session/session.ts';

/** The keys by which programs act for the operator: asked again each time the page is looked at, since they are made elsewhere. */
export const programsQuery = queryOptions({
  queryKey: ['programs'],
  refetchOnWindowFocus: 'always',
  queryFn: async ({ signal }) => (await listAccountApiKeys(client, { signal })).data.items,
});
