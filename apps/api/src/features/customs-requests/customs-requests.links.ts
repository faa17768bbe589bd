import type { RequestRecord } from './customs-requests.transitions.ts';

/** The page of a request in the private space, below the portal's public address: what e-mails to its operator link to. */
const requestPath = (id: string): string => `/espace-prive/operations/${id}`;

/** What every e-mail about a request says of it to its operator; the company by the name that customs know. */
export const requestData = ({
  id,
  reference,
  type,
  legalName,
}: Pick<RequestRecord, 'id' | 'reference' | 'type' | 'legalName'>) => ({
  legalName,
  reference,
  type,
  path: requestPath(id),
});
