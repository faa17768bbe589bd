import type { RouteExample } from './openapi-examples.ts';

const params = { id: '01995f02-77aa-7c31-8d10-4e5f60718221' };
const documentParams = { ...params, document: 'trade_register' };
const subscriptionId = '01995b21-0a7d-7b52-8f6e-2c9d4e3a7b11';
const filingId = '01995b21-0a80-7e11-9b7c-6d1f0e2c4a12';
const legalName = 'Négoce du Souss SARL';
const address = '4, avenue Hassan II, Agadir';
const newAddress = '18, boulevard Mohammed V, Agadir';
const company = { operatorType: 'importer', legalName, address, phone: '+212661767620' };
const managers = [
  {
    key: '7d0c3f52-6a18-4e9b-b1c4-0f5a8e2d9b16',
    lastName: 'Zeroual',
    firstName: 'Ilyas',
    address,
    birthDate: '1979-04-12',
    idType: 'cin',
    idNumber: 'AE180358',
    idAddress: 'Agadir',
    idExpiresOn: '2031-08-23',
  },
];
const details = { tradeRegisterDate: '2023-09-01' };
const documentVersion = {
  id: '01995f0a-3c10-7b22-9e4d-5a6b7c8d9e23',
  document: 'trade_register',
  version: 1,
  fileName: 'modele-j.pdf',
  mediaType: 'application/pdf',
  sizeBytes: 184_220,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  pages: 1,
  scan: 'clean',
  uploadedAt: '2023-09-12T10:02:00.000Z',
  verdict: null,
};

const draftRow = {
  ...params,
  reference: '11092023I00000001138-1',
  type: 'update',
  status: 'draft',
  legalName,
  ice: '001508632000068',
  operatorType: 'importer',
  createdAt: '2023-09-12T09:58:00.000Z',
  submittedAt: null,
  dueAt: null,
  decidedAt: null,
  reasons: [],
  effect: null,
  endorsed: false,
};
const row = {
  ...draftRow,
  status: 'in_review',
  submittedAt: '2023-09-12T10:10:00.000Z',
  dueAt: '2023-09-19T10:10:00.000Z',
};
const created = {
  event: 'created',
  at: draftRow.createdAt,
  actor: 'operator',
  actorName: null,
  to: 'draft',
  reasons: [],
};
const submitted = { ...created, event: 'submitted', at: row.submittedAt, to: 'in_review' };
const change = {
  item: 'company.address',
  kind: 'changed',
  before: address,
  asked: newAddress,
  overtaken: false,
  verdict: null,
};
const draft = {
  ...draftRow,
  subscriptionId,
  details,
  before: { company, managers },
  sections: { company: { ...company, address: newAddress }, managers },
  changes: [change],
  documents: [{ document: 'trade_register', asked: true, current: null }],
  issues: [{ pointer: '/documents/trade_register', code: 'required' }],
  warnings: [],
  history: [created],
  registryReadAt: '2023-09-12T09:58:00.000Z',
  version: 3,
  savedAt: '2023-09-12T10:01:00.000Z',
};
const request = {
  ...draft,
  ...row,
  documents: [{ document: 'trade_register', asked: true, current: documentVersion }],
  issues: [],
  history: [created, submitted],
  version: 4,
};
const dossier = {
  ...row,
  subscriptionId,
  filingId,
  account: { legalName, email: 'contact@negoce-du-souss.example', phone: '+212661767620', locale: 'fr' },
  control: 'agent',
  attached: false,
  details,
  changes: [{ ...change, now: address }],
  documents: [documentVersion],
  registry: { status: 'registered', readAt: '2023-09-13T08:00:00.000Z', accountStatus: 'active' },
  endorsements: [],
  agentsNeeded: 1,
  history: [created, submitted],
  version: 5,
};
const decidedAt = '2023-09-13T08:12:00.000Z';
const decided = {
  ...dossier,
  status: 'accepted',
  decidedAt,
  effect: { status: 'queued', at: decidedAt, reason: null },
  changes: [{ ...change, now: address, verdict: 'accepted' }],
  history: [
    created,
    submitted,
    {
      event: 'accepted',
      at: decidedAt,
      actor: 'agent',
      actorName: 'Nadia El Fassi',
      to: 'accepted',
      reasons: [],
    },
  ],
  version: 6,
};
const decision = { outcome: 'accepted', reasons: [] };

/** Of the operations on a customs account: an update that moves the company, from its draft to its acceptance. */
export const customsRequestExamples = {
  getCustomsAccount: {
    response: {
      filingId,
      subscriptionId,
      state: 'update_pending',
      control: 'proven',
      maskedEmail: 'c•••@n•••.example',
      operations: [
        { type: 'update', refusal: 'update_pending', draftId: null, latest: row },
        { type: 'cancellation', refusal: null, draftId: null, latest: null },
        { type: 'restoration', refusal: 'account_not_cancelled', draftId: null, latest: null },
      ],
    },
  },
  listCustomsRequests: {
    query: { status: 'in_review', sort: 'oldest' },
    response: {
      items: [row],
      page: 1,
      pageSize: 20,
      total: 1,
      counts: { in_review: 1, accepted: 0, rejected: 0, overdue: 0, stuck: 0 },
    },
  },
  createCustomsRequest: { body: { type: 'update' }, response: draft },
  getCustomsRequest: { params, response: request },
  saveRequestDetails: { params, body: details, response: draft },
  saveRequestCompany: { params, body: { ...company, address: newAddress }, response: draft },
  saveRequestManagers: { params, body: managers, response: draft },
  deleteCustomsRequest: { params },
  putRequestDocument: { params: documentParams, response: documentVersion },
  getRequestDocument: { params: documentParams, query: { disposition: 'inline' } },
  deleteRequestDocument: { params: documentParams },
  submitCustomsRequest: { params, body: {}, response: request },
  getCustomsRequestDossier: { params, response: dossier },
  readRequestRegistry: { params, response: dossier },
  previewCustomsRequestDecision: {
    params,
    body: decision,
    response: {
      to: 'contact@negoce-du-souss.example',
      locale: 'fr',
      subject: 'Notification RNOCE : votre demande de modification est acceptée',
      text: 'Madame, Monsieur, votre demande de modification est acceptée.',
    },
  },
  decideCustomsRequest: { params, body: decision, response: decided },
  resendCustomsRequest: {
    params,
    response: {
      ...decided,
      history: [
        ...decided.history,
        {
          ...created,
          event: 'resent',
          at: decidedAt,
          actor: 'agent',
          actorName: 'Nadia El Fassi',
          to: 'accepted',
        },
      ],
    },
  },
} as const satisfies Readonly<Record<string, RouteExample>>;
