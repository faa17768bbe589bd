import type { CustomsRequestType } from '@rnoce/schemas/customs-account';
import type { Step } from '@rnoce/schemas/subscriptions';
import { entrance } from '@rnoce/shell/entrance';

/** The address of each step of the wizard, as people read it. */
export const stepSlugs = {
  company: 'societe',
  managers: 'gerants',
  legalRepresentative: 'mandataire',
  documents: 'documents',
  singleWindowUsers: 'utilisateurs',
  contacts: 'contacts',
  bankAccount: 'compte-bancaire',
  contract: 'contrat',
  review: 'envoi',
} as const satisfies Record<Step, string>;

/** The address of each operation on the customs account, as people read it. */
export const operationSlugs = {
  update: 'modification',
  cancellation: 'annulation',
  restoration: 'restauration',
} as const satisfies Record<CustomsRequestType, string>;

/** The addresses of the portal's screens, below its base. */
export const paths = {
  ...entrance,
  signUp: '/inscription',
  forgottenPassword: '/mot-de-passe-oublie',
  changePassword: '/mot-de-passe',
  information: '/mes-informations',
  newSubscription: '/nouvelle-souscription',
  verification: '/nouvelle-souscription/verification',
  outcome: (id: string) => `/nouvelle-souscription/verification/${id}`,
  subscriptions: '/demandes',
  invoices: '/mes-factures',
  /** Public: the QR code of a contract opens `/contrat/<code>`. */
  contractCheck: '/contrat',
  /** The form of an operation: its draft, or why it can't be asked for. */
  operation: (type: CustomsRequestType) => `/operations/${operationSlugs[type]}`,
  /** A request about the customs account that was sent. */
  customsRequest: (id: string) => `/operations/${id}`,
  summary: (id: string) => `/demandes/${id}`,
  /** `element` names what the step must lead to: `documents.ice`, `company.legalName`, `managers.0.idNumber`. */
  step: (id: string, step: Step, element?: string) =>
    `/demandes/${id}/${stepSlugs[step]}${element === undefined ? '' : `?element=${encodeURIComponent(element)}`}`,
} as const;
