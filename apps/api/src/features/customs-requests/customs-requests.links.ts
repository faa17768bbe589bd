/** The page of a request in the private space, below the portal's public address: what e-mails to its operator link to. */
export const requestPath = (id: string): string => `/espace-prive/operations/${id}`;
