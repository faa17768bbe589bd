/** True examples of every route's body and answer; a test reads each by its schema. The companies and people are invented. */
import { agentExamples } from './agent-examples.ts';
import { configurationExamples } from './configuration-examples.ts';
import { contractExamples } from './contract-examples.ts';
import { customsRequestExamples } from './customs-request-examples.ts';
import { financeExamples } from './finance-examples.ts';
import { integratorExamples } from './integrator-examples.ts';
import { invoiceExamples } from './invoice-examples.ts';
import { issuerExamples } from './issuer-examples.ts';
import { messageExamples } from './message-examples.ts';
import { paymentExamples } from './payment-examples.ts';
import { receiptExamples } from './receipt-examples.ts';
import { sectionExamples } from './section-examples.ts';
import { openSessions } from './session-examples.ts';
import { validatedByPortnet } from './single-window-examples.ts';
import { webhookExamples } from './webhook-examples.ts';

export interface RouteExample {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** Of a body taken as it comes, by its media type. */
  readonly raw?: Readonly<Record<string, unknown>>;
  readonly response?: unknown;
}

const ids = {
  account: '01995b1c-6f2e-7c3a-9d41-5a0b8f2f1c10',
  subscription: '01995b21-0a7d-7b52-8f6e-2c9d4e3a7b11',
  filing: '01995b21-0a80-7e11-9b7c-6d1f0e2c4a12',
  document: '01995b2a-91c4-7d0f-8a35-7e6b5c4d3f13',
  agent: '9c2f5a1e-7d34-4b8a-8f10-3e2d1c0b9a14',
} as const;
const email = 'contact@negoce-du-souss.example';
const password = 'Bouregreg-42-quai';
const token = 'Jx0b3mQm3f0m5Vt1q2W7y9a4c6e8g0i2k4m6o8q0s2u';
const legalName = 'Négoce du Souss SARL';
const code = '11092023I00000001138';

const account = {
  id: ids.account,
  legalName,
  address: '4, avenue Hassan II, Agadir',
  email,
  phone: '+212661767620',
  locale: 'fr',
  createdAt: '2023-09-11T10:02:11.000Z',
};
const session = { account, expiresAt: '2023-09-11T12:32:11.000Z' };
const agentSession = {
  agent: {
    id: ids.agent,
    name: 'Nadia El Fassi',
    email: 'n.elfassi@douane.example',
    authority: 'customs',
    role: 'decider',
    locale: 'fr',
    mustChoosePassword: false,
  },
  expiresAt: '2023-09-11T14:30:00.000Z',
};

const identifiers = {
  email,
  taxId: '20782890',
  ice: '002427432000057',
  rcNumber: '81795',
  rcCentre: '81',
};
const company = {
  entityType: 'legal_person',
  operatorType: 'importer',
  ice: identifiers.ice,
  rcNumber: identifiers.rcNumber,
  taxId: identifiers.taxId,
  rcCentre: identifiers.rcCentre,
  legalName,
  startDate: '2019-03-04',
  acronym: 'NDS',
  tradeName: 'Négoce du Souss',
  mainActivity: '0141',
  actualActivity: 'Importation de matériel laitier',
  address: account.address,
  city: '0077',
  origin: 'lease',
  phone: account.phone,
  email,
};
const managers = [
  {
    key: 'gerant-1',
    lastName: 'Benali',
    firstName: 'Samira',
    address: '12, rue Oued Souss, Agadir',
    birthDate: '1981-06-21',
    idType: 'cin',
    idNumber: 'JB180358',
    idAddress: 'Agadir',
    idExpiresOn: '2031-08-23',
  },
];
const documentVersion = {
  id: ids.document,
  document: 'ice',
  version: 1,
  fileName: 'ice.pdf',
  mediaType: 'application/pdf',
  sizeBytes: 184_220,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  pages: 1,
  scan: 'clean',
  uploadedAt: '2023-09-11T10:31:40.000Z',
  verdict: null,
};
const progress = {
  steps: [
    { step: 'company', state: 'done', issues: 0 },
    { step: 'managers', state: 'done', issues: 0 },
    { step: 'documents', state: 'current', issues: 1 },
    { step: 'review', state: 'todo', issues: 0 },
  ],
  issues: [{ pointer: '/documents/tax_id', code: 'required' }],
  warnings: [{ pointer: '/company/ice', code: 'ice_check_digits' }],
};
const complete = {
  steps: progress.steps.map((step) => ({ ...step, issues: 0 })),
  issues: [],
  warnings: [],
};
const created = {
  event: 'created',
  at: '2023-09-11T10:12:00.000Z',
  actor: 'operator',
  actorName: null,
  from: null,
  to: 'draft',
  reasons: [],
  emailChanges: [],
  note: null,
};
const filing = {
  id: ids.filing,
  authority: 'customs',
  status: 'draft',
  reasons: [],
  submittedAt: null,
  validatedAt: null,
  attached: false,
  history: [created],
  unreadMessages: 0,
  singleWindowAccounts: [],
  subscriptionCode: null,
};
const subscription = {
  id: ids.subscription,
  code,
  authorities: ['customs'],
  purpose: 'registration',
  operatorType: 'importer',
  identifiers,
  registryStatus: 'not_registered',
  registry: {
    status: 'not_registered',
    checkedAt: '2023-09-11T10:12:00.000Z',
    mismatch: [],
    record: null,
    people: 'not_applicable',
    maskedEmail: null,
  },
  sections: {
    company,
    managers,
    legalRepresentative: null,
    singleWindowUsers: null,
    contacts: null,
    bankAccount: null,
  },
  contract: null,
  documents: [{ document: 'ice', required: true, belongs: true, current: documentVersion }],
  progress,
  currentStep: 'documents',
  filings: [filing],
  editable: true,
  version: 7,
  createdAt: '2023-09-11T10:12:00.000Z',
  savedAt: '2023-09-11T10:31:40.000Z',
  submittedAt: null,
};
const submittedAt = '2023-09-11T10:53:00.000Z';
const submitted = {
  event: 'submitted',
  at: submittedAt,
  actor: 'operator',
  actorName: null,
  from: 'draft',
  to: 'in_review',
  reasons: [],
  emailChanges: [],
  note: null,
};
const sent = {
  ...subscription,
  progress: complete,
  currentStep: 'review',
  filings: [{ ...filing, status: 'in_review', submittedAt, history: [submitted, created] }],
  editable: false,
  version: 9,
  submittedAt,
};
const reason = { about: { document: 'ice' }, cause: 'illegible', text: 'Le numéro ne se lit pas.' };
const returned = {
  event: 'returned',
  at: '2023-09-12T09:56:00.000Z',
  actor: 'agent',
  actorName: null,
  from: 'in_review',
  to: 'incomplete',
  reasons: [reason],
  emailChanges: [],
  note: null,
};
const { sections: _sections, documents: _documents, ...listed } = sent;
const savedSection = { version: 8, savedAt: '2023-09-11T10:42:00.000Z', progress };

const filingRow = {
  id: ids.filing,
  code,
  legalName,
  ice: identifiers.ice,
  operatorType: 'importer',
  status: 'in_review',
  attached: false,
  submittedAt,
  dueAt: '2023-09-14T10:53:00.000Z',
  submissions: 1,
  holder: { id: ids.agent, name: 'Nadia El Fassi', since: '2023-09-12T08:30:00.000Z' },
  unreadMessages: 0,
};
const dossier = {
  ...filingRow,
  subscriptionId: ids.subscription,
  purpose: 'registration',
  account: { legalName, email, phone: account.phone, locale: 'fr' },
  authority: 'customs',
  sections: subscription.sections,
  contract: null,
  documents: [documentVersion],
  documentHistory: [documentVersion],
  registry: {
    status: 'not_registered',
    checkedAt: subscription.registry.checkedAt,
    mismatch: [],
    record: null,
  },
  control: null,
  reasons: [],
  verdict: { accepted: ['documents.identity', 'company.legalName'], reasons: [] },
  lastHold: {
    event: 'taken',
    agentId: ids.agent,
    agentName: 'Nadia El Fassi',
    at: '2023-09-12T08:30:00.000Z',
  },
  history: [submitted, created],
  registration: null,
  singleWindowAccounts: [],
  subscriptionCode: null,
  version: 4,
};
const { holder: _holder, ...unheld } = dossier;
const decided = {
  ...unheld,
  holder: null,
  status: 'incomplete',
  reasons: [reason],
  history: [{ ...returned, actorName: 'Nadia El Fassi' }, submitted, created],
  version: 5,
};
const subscriptionParams = { id: ids.subscription };
const documentParams = { ...subscriptionParams, document: 'ice' };
const filingParams = { id: ids.filing };
const decision = { outcome: 'incomplete', reasons: [reason] };

export const routeExamples: Readonly<Record<string, RouteExample>> = {
  signUp: {
    body: {
      legalName,
      address: account.address,
      email,
      phone: '0661 76 76 20',
      captcha: 'eyJjaGFsbGVuZ2UiOnt9LCJzb2x1dGlvbiI6e319',
      locale: 'fr',
    },
    response: { email },
  },
  getPasswordLink: { body: { token }, response: { state: 'valid', purpose: 'creation' } },
  renewPasswordLink: { body: { token }, response: {} },
  choosePassword: { body: { token, password } },
  requestPasswordReset: { body: { email }, response: {} },
  getAccount: { response: account },
  updateAccount: {
    body: { locale: 'ar', phone: '0528 84 84 84' },
    response: { ...account, locale: 'ar', phone: '+212528848484' },
  },
  changePassword: { body: { currentPassword: password, password: 'Oued-Massa-77-pont' } },
  exportAccount: {
    response: {
      account,
      subscriptions: [{ id: ids.subscription, code, sections: { company, managers } }],
      emails: [{ template: 'account_creation', to: email, createdAt: '2023-09-11T10:02:11.000Z' }],
      sessions: [
        {
          createdAt: '2023-09-11T10:05:00.000Z',
          lastUsedAt: '2023-09-11T10:53:00.000Z',
          userAgent: 'Mozilla/5.0 (X11; Linux x86_64)',
        },
      ],
      exportedAt: '2023-09-11T11:00:00.000Z',
    },
  },
  signIn: { body: { email, password }, response: session },
  getCurrentSession: { response: session },
  refreshSession: { response: session },
  listSessions: { response: openSessions },
  endSessions: { body: { currentPassword: password, id: openSessions.items[1]?.id } },
  startAgentSession: {
    body: { email: 'n.elfassi@douane.example', password: 'rk4tq-8wz2m-hp6yc-d3vnb' },
    response: {
      challenge: 'eyJhbGciOiJIUzI1NiJ9.eyJzaWQiOiI5YzJmIn0.c2lnbmF0dXJl',
      expiresAt: '2023-09-12T08:35:00.000Z',
    },
  },
  completeAgentSession: {
    body: { challenge: 'eyJhbGciOiJIUzI1NiJ9.eyJzaWQiOiI5YzJmIn0.c2lnbmF0dXJl', code: '493 017' },
    response: agentSession,
  },
  getAgentSession: { response: agentSession },
  refreshAgentSession: { response: agentSession },
  changeAgentPassword: {
    body: { currentPassword: 'rbk7w-2mxqe-h94td-zfu5c', password: 'Bassin-42-quai-nord' },
    response: agentSession.agent,
  },
  listAgentSessions: { response: openSessions },
  endAgentSessions: { body: { currentPassword: password } },
  getSubscriptionOptions: {
    response: {
      authorities: [
        { authority: 'customs', available: true, reason: null },
        { authority: 'portnet', available: true, reason: null },
      ],
      updateOnly: true,
    },
  },
  createSubscription: {
    body: {
      authorities: ['customs'],
      purpose: 'registration',
      identifiers: { ...identifiers, operatorType: 'importer' },
    },
    response: { ...subscription, version: 1 },
  },
  listSubscriptions: { response: { items: [listed] } },
  getSubscription: { params: subscriptionParams, response: subscription },
  saveCompany: { params: subscriptionParams, body: company, response: savedSection },
  saveManagers: { params: subscriptionParams, body: managers, response: savedSection },
  saveCurrentStep: { params: subscriptionParams, body: { step: 'documents' } },
  sendRegistryCode: {
    params: subscriptionParams,
    response: { maskedEmail: 'c•••@n•••.example', expiresAt: '2023-09-11T10:27:00.000Z' },
  },
  confirmRegistryCode: { params: subscriptionParams, body: { code: '493017' }, response: subscription },
  submitSubscription: { params: subscriptionParams, body: { acceptTerms: true }, response: sent },
  rectifySubscription: {
    params: subscriptionParams,
    response: {
      ...sent,
      filings: [
        {
          ...filing,
          status: 'incomplete',
          reasons: [{ ...reason, changed: false }],
          submittedAt,
          history: [returned, submitted, created],
        },
      ],
      editable: true,
      version: 11,
    },
  },
  deleteSubscription: { params: subscriptionParams },
  putDocument: { params: documentParams, response: documentVersion },
  getDocument: { params: documentParams, query: { disposition: 'attachment' } },
  deleteDocument: { params: documentParams },
  restoreDocument: { params: documentParams, response: documentVersion },
  listFilings: {
    query: { status: 'in_review', sort: 'oldest', page: 1, pageSize: 20 },
    response: {
      items: [filingRow],
      page: 1,
      pageSize: 20,
      total: 1,
      counts: { in_review: 1, incomplete: 0, validated: 0, overdue: 0 },
    },
  },
  getFilingStatistics: {
    response: {
      weeks: [{ week: '2023-09-11', submitted: 12, validated: 7, returned: 3, medianHours: 20.5 }],
      delayHours: { median: 20.5, p90: 61 },
      causes: [{ cause: 'illegible', count: 3, weeks: [3] }],
      waiting: { total: 5, overdue: 1, oldestAt: '2023-09-08T09:10:00.000Z' },
    },
  },
  getFiling: { params: filingParams, response: dossier },
  getFilingDocument: { params: { ...filingParams, document: 'ice' }, query: { disposition: 'inline' } },
  holdFiling: { params: filingParams },
  releaseFiling: { params: filingParams },
  saveVerdict: {
    params: filingParams,
    body: { accepted: ['documents.identity', 'company.legalName'], reasons: [reason] },
    response: { version: 5 },
  },
  previewDecision: {
    params: filingParams,
    body: decision,
    response: {
      to: email,
      locale: 'fr',
      subject: 'Notification RNOCE : votre demande de souscription est incomplète',
      text: 'Madame, Monsieur, votre demande de souscription est incomplète.',
    },
  },
  decideFiling: { params: filingParams, body: decision, response: decided },
  retryAccounts: {
    params: filingParams,
    body: { emails: [{ from: 'k.alaoui@atlas-negoce.ma', to: 'karim.alaoui@atlas-negoce.ma' }] },
    response: { ...dossier, ...validatedByPortnet },
  },
  confirmFilingControl: {
    params: filingParams,
    body: { note: 'Registre de commerce et CIN du gérant vus au bureau de Casablanca.' },
    response: { ...dossier, status: 'validated', attached: true, control: 'agent', purpose: 'update_only' },
  },
  resendRegistration: {
    params: filingParams,
    response: { ...dossier, registration: { status: 'queued', at: '2023-09-13T08:00:00.000Z' } },
  },
  ...agentExamples,
  ...configurationExamples,
  ...contractExamples,
  ...customsRequestExamples,
  ...financeExamples,
  ...integratorExamples,
  ...invoiceExamples,
  ...issuerExamples,
  ...messageExamples,
  ...paymentExamples,
  ...receiptExamples,
  ...sectionExamples,
  ...webhookExamples,
};
