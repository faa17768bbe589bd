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
  administration: '/administration',
  agents: '/administration/agents',
  newAgent: '/administration/agents/nouveau',
  agent: (id: string) => `/administration/agents/${id}`,
  issuers: '/administration/emetteurs',
  newIssuer: '/administration/emetteurs/nouveau',
  issuer: (code: string) => `/administration/emetteurs/${code}`,
  integrators: '/administration/integrateurs',
  newIntegrator: '/administration/integrateurs/nouveau',
  integrator: (id: string) => `/administration/integrateurs/${id}`,
  endpoint: (id: string, endpointId: string) => `/administration/integrateurs/${id}/reception/${endpointId}`,
  delivery: (id: string, endpointId: string, deliveryId: string) =>
    `/administration/integrateurs/${id}/reception/${endpointId}/envois/${deliveryId}`,
  account: '/mon-compte',
  choosePassword: '/mot-de-passe',
  signIn: entrance.signIn,
  /** The link's secret comes in the fragment. */
  invitation: '/invitation',
  /** The sign-in, once the access is active. */
  accessReady: `${entrance.signIn}?motif=acces-active`,
} as const;
