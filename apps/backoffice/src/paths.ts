import { entrance } from '@rnoce/shell/entrance';

/** The addresses of the agents' screens, below their base. */
export const paths = {
  queue: entrance.home,
  dashboard: '/tableau-de-bord',
  dossier: (id: string) => `/dossiers/${id}`,
  operations: '/operations',
  operation: (id: string) => `/operations/${id}`,
  payments: '/paiements',
  order: (id: string) => `/paiements/commandes/${id}`,
  refunds: '/paiements/remboursements',
  anomalies: '/paiements/anomalies',
  files: '/paiements/fichiers',
  file: (id: string) => `/paiements/fichiers/${id}`,
  integrators: '/integrateurs',
  newIntegrator: '/integrateurs/nouveau',
  integrator: (id: string) => `/integrateurs/${id}`,
  endpoint: (id: string, endpointId: string) => `/integrateurs/${id}/reception/${endpointId}`,
  delivery: (id: string, endpointId: string, deliveryId: string) =>
    `/integrateurs/${id}/reception/${endpointId}/envois/${deliveryId}`,
  account: '/mon-compte',
  choosePassword: '/mot-de-passe',
  signIn: entrance.signIn,
  /** The link's secret comes in the fragment. */
  invitation: '/invitation',
  /** The sign-in, once the access is active. */
  accessReady: `${entrance.signIn}?motif=acces-active`,
} as const;
