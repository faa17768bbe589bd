import { randomUUID } from 'node:crypto';
import type { World } from '../world.ts';
import type { Subject } from './callers.ts';

/** What is asked of a route in every cell of its row. */
export interface Call {
  /** Whose thing it is; without one, the operator whose form customs validated. */
  readonly subject?: Subject;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text of the answer that whoever sees the thing finds there; `none` in a cell: let in, and it isn't there. */
  readonly shows?: string;
}
type Calls = Readonly<Record<string, (world: World) => Call>>;

/** A version that nothing has: whoever may write is told `stale`, and nothing changes. */
const stale = { 'if-match': '"999999999"' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const token = 'x'.repeat(43);
const nobodys = '00000000-0000-4000-8000-000000000000';
const password = 'Bouregreg-42-quai';
const nothing: Call = {};
const invoice = {
  clientCode: '1206',
  clientName: 'Ste IMP SARL',
  issuedOn: '2026-07-01',
  dueOn: '2026-07-31',
  amount: '64.00',
};

const anyone: Calls = {
  signUp: () => ({ body: {} }),
  choosePassword: () => ({ body: { token, password } }),
  getPasswordLink: () => ({ body: { token } }),
  renewPasswordLink: () => ({ body: { token } }),
  requestPasswordReset: () => ({ body: { email: 'personne@negoce.example' } }),
  signIn: () => ({ body: {} }),
  refreshSession: () => nothing,
  startAgentSession: () => ({ body: {} }),
  completeAgentSession: () => ({ body: { challenge: token, code: '123456' } }),
  getAgentInvitation: () => ({ body: { token } }),
  acceptAgentInvitation: () => ({ body: { token, password, code: '123456' } }),
  refreshAgentSession: () => nothing,
  getCaptcha: () => nothing,
  getConfiguration: () => nothing,
  getServiceStatus: () => nothing,
  getReferenceList: () => ({ params: { list: 'cities' } }),
  checkContract: ({ contractCode: code }) => ({ params: { code } }),
  checkReceipt: ({ money }) => ({ params: { code: String(money.paid.order.receiptCode) } }),
  searchPublicInvoices: ({ subscriptionCode }) => ({ query: { subscriptionCode } }),
  createPaymentOrder: () => ({ body: { invoiceIds: [nobodys], method: 'cmi', channel: 'card' } }),
  getPaymentOrder: ({ money }) => ({ params: { id: money.paid.order.id } }),
  retryPaymentOrder: ({ money }) => ({
    params: { id: money.paid.order.id },
    body: { method: 'cmi', channel: 'card' },
  }),
  cancelPaymentOrder: ({ money }) => ({ params: { id: money.paid.order.id } }),
  getReceipt: ({ money }) => ({ params: { id: money.paid.order.id } }),
  emailPaymentOrder: ({ money }) => ({ params: { id: money.paid.order.id }, body: { email: 'nobody' } }),
  notifyCmi: () => ({ body: {}, headers: form }),
  returnFromCmi: () => ({ body: {}, headers: form }),
  notifyFatouratiPayment: () => ({ body: {} }),
  notifyFatouratiCancellation: () => ({ body: {} }),
  askFatouratiStatus: () => nothing,
  notifyAmanPay: () => ({ body: {} }),
};

const operators: Calls = {
  getAccount: () => nothing,
  updateAccount: () => ({ body: { locale: 'fr' } }),
  exportAccount: () => nothing,
  changePassword: () => ({ body: { currentPassword: 'a', password } }),
  listAccountApiKeys: ({ spareOperatorKeyId }) => ({ shows: spareOperatorKeyId }),
  revokeAccountApiKey: ({ spareOperatorKeyId }) => ({ params: { id: spareOperatorKeyId } }),
  "revokeAccountApiKey: an issuer's": ({ spareKeyId }) => ({ params: { id: spareKeyId } }),
  listSessions: () => nothing,
  endSessions: () => ({ body: { currentPassword: 'a' } }),
  getCurrentSession: () => nothing,
  signOut: () => nothing,
  listOwnInvoices: ({ publisher }) => ({ shows: String(publisher.invoices[0]?.number) }),
  listOwnPayments: ({ money: { paid } }) => ({ shows: paid.order.id }),
  getSubscriptionOptions: () => nothing,
  createSubscription: () => ({ body: { authorities: ['customs'] } }),
  listSubscriptions: ({ forms }) => ({ subject: 'drafting', shows: forms.draft.subscription.id }),
  getSubscription: ({ forms }) => ({ subject: 'drafting', params: { id: forms.draft.subscription.id } }),
  ...Object.fromEntries(
    Object.entries({
      saveCompany: {},
      saveManagers: [],
      saveLegalRepresentative: {},
      saveSingleWindowUsers: [],
      saveContacts: [],
      saveBankAccount: {},
      submitSubscription: { acceptTerms: true },
    }).map(([name, body]): [string, Calls[string]] => [
      name,
      ({ forms }) => ({
        subject: 'drafting',
        params: { id: forms.draft.subscription.id },
        headers: stale,
        body,
      }),
    ]),
  ),
  saveCurrentStep: ({ forms }) => ({
    subject: 'drafting',
    params: { id: forms.draft.subscription.id },
    body: { step: 'company' },
  }),
  sendRegistryCode: ({ forms }) => ({ subject: 'drafting', params: { id: forms.draft.subscription.id } }),
  confirmRegistryCode: ({ forms }) => ({
    subject: 'drafting',
    params: { id: forms.draft.subscription.id },
    body: { code: '123456' },
  }),
  rectifySubscription: ({ forms }) => ({ subject: 'sent', params: { id: forms.sent.subscription.id } }),
  deleteSubscription: ({ forms }) => ({ subject: 'sent', params: { id: forms.sent.subscription.id } }),
  getContract: ({ forms }) => ({ subject: 'sent', params: { id: forms.sent.subscription.id } }),
  issueContract: ({ forms }) => ({ subject: 'sent', params: { id: forms.sent.subscription.id } }),
  putSignedContract: ({ forms }) => ({
    subject: 'sent',
    params: { id: forms.sent.subscription.id },
    query: { way: 'handwritten' },
  }),
  putDocument: ({ forms }) => ({
    subject: 'sent',
    params: { id: forms.sent.subscription.id, document: 'ice' },
  }),
  getDocument: ({ forms }) => ({
    subject: 'drafting',
    params: { id: forms.draft.subscription.id, document: 'ice' },
  }),
  deleteDocument: ({ forms }) => ({
    subject: 'sent',
    params: { id: forms.sent.subscription.id, document: 'ice' },
  }),
  restoreDocument: ({ forms }) => ({
    subject: 'sent',
    params: { id: forms.sent.subscription.id, document: 'ice' },
  }),
  getCustomsAccount: () => nothing,
  createCustomsRequest: () => ({ body: { type: 'restoration' } }),
  getCustomsRequest: ({ requests }) => ({ params: { id: requests.draft.id } }),
  saveRequestDetails: ({ requests }) => ({ params: { id: requests.draft.id }, headers: stale, body: {} }),
  saveRequestCompany: ({ requests }) => ({ params: { id: requests.draft.id }, headers: stale, body: {} }),
  saveRequestManagers: ({ requests }) => ({ params: { id: requests.draft.id }, headers: stale, body: [] }),
  submitCustomsRequest: ({ requests }) => ({ params: { id: requests.draft.id }, headers: stale, body: {} }),
  deleteCustomsRequest: ({ requests }) => ({ subject: 'asking', params: { id: requests.sent.id } }),
  putRequestDocument: ({ requests }) => ({
    subject: 'asking',
    params: { id: requests.sent.id, document: 'trade_register' },
  }),
  deleteRequestDocument: ({ requests }) => ({
    subject: 'asking',
    params: { id: requests.sent.id, document: 'trade_register' },
  }),
};

const authorities: Calls = {
  getAgentSession: () => nothing,
  endAgentSession: () => nothing,
  changeAgentPassword: () => ({ body: { currentPassword: 'a', password } }),
  listAgentSessions: () => nothing,
  endAgentSessions: () => ({ body: { currentPassword: 'a' } }),
  listFilings: ({ forms }) => ({ shows: forms.sent.id }),
  getFilingStatistics: () => nothing,
  getFiling: ({ forms }) => ({ subject: 'sent', params: { id: forms.sent.id } }),
  getFilingDocument: ({ forms }) => ({ subject: 'sent', params: { id: forms.sent.id, document: 'ice' } }),
  getFilingContract: ({ forms }) => ({ subject: 'sent', params: { id: forms.sent.id } }),
  'getFilingContract: of PortNet': ({ forms }) => ({
    subject: 'sent',
    params: { id: String(forms.sent.filings.portnet) },
  }),
  holdFiling: ({ forms }) => ({ subject: 'sent', params: { id: forms.sent.id }, headers: stale }),
  releaseFiling: ({ forms }) => ({ subject: 'sent', params: { id: forms.sent.id } }),
  saveVerdict: ({ forms }) => ({
    subject: 'sent',
    params: { id: forms.sent.id },
    headers: stale,
    body: { accepted: [], reasons: [] },
  }),
  previewDecision: ({ forms }) => ({
    subject: 'sent',
    params: { id: forms.sent.id },
    body: { outcome: 'validated' },
  }),
  decideFiling: ({ forms }) => ({
    subject: 'sent',
    params: { id: forms.sent.id },
    headers: stale,
    body: { outcome: 'validated' },
  }),
  'decideFiling: a draft': ({ forms }) => ({
    subject: 'drafting',
    params: { id: forms.draft.id },
    headers: stale,
    body: { outcome: 'validated' },
  }),
  'getFiling: of PortNet': ({ forms }) => ({
    subject: 'sent',
    params: { id: String(forms.sent.filings.portnet) },
  }),
  'decideFiling: of PortNet': ({ forms }) => ({
    subject: 'sent',
    params: { id: String(forms.sent.filings.portnet) },
    headers: stale,
    body: { outcome: 'validated' },
  }),
  retryAccounts: ({ forms }) => ({ subject: 'sent', params: { id: forms.sent.id }, body: {} }),
  confirmFilingControl: ({ forms }) => ({
    subject: 'sent',
    params: { id: forms.sent.id },
    headers: stale,
    body: { note: 'Registre de commerce vu.' },
  }),
  resendRegistration: ({ forms }) => ({ subject: 'sent', params: { id: forms.sent.id } }),
  listMessages: ({ forms }) => ({ subject: 'sent', params: { id: forms.sent.id } }),
  sendMessage: ({ forms }) => ({ subject: 'sent', params: { id: forms.sent.id }, body: { text: 'Bonjour' } }),
  readMessages: ({ forms, messageId }) => ({
    subject: 'sent',
    params: { id: forms.sent.id },
    body: { upTo: messageId },
  }),
  listCustomsRequests: ({ requests }) => ({ subject: 'asking', shows: requests.sent.id }),
  getCustomsRequestDossier: ({ requests }) => ({ subject: 'asking', params: { id: requests.sent.id } }),
  'getCustomsRequestDossier: a draft': ({ requests }) => ({ params: { id: requests.draft.id } }),
  getRequestDocument: ({ requests }) => ({
    params: { id: requests.draft.id, document: 'trade_register' },
  }),
  readRequestRegistry: ({ requests }) => ({ subject: 'asking', params: { id: requests.sent.id } }),
  previewCustomsRequestDecision: ({ requests }) => ({
    subject: 'asking',
    params: { id: requests.sent.id },
    body: { outcome: 'accepted' },
  }),
  decideCustomsRequest: ({ requests }) => ({
    subject: 'asking',
    params: { id: requests.sent.id },
    headers: stale,
    body: { outcome: 'accepted' },
  }),
  resendCustomsRequest: ({ requests }) => ({
    subject: 'asking',
    params: { id: requests.sent.id },
    headers: stale,
  }),
};

const money: Calls = {
  listIssuers: () => nothing,
  listInvoices: ({ publisher }) => ({
    query: { issuer: publisher.issuer.code },
    shows: String(publisher.invoices[0]?.number),
  }),
  'listInvoices: of its own': ({ publisher }) => ({ shows: String(publisher.invoices[0]?.number) }),
  getInvoice: ({ publisher }) => ({
    params: { number: String(publisher.invoices[0]?.number) },
    query: { issuer: publisher.issuer.code },
  }),
  'getInvoice: of its own': ({ publisher }) => ({
    params: { number: String(publisher.invoices[0]?.number) },
  }),
  putInvoice: ({ publisher }) => ({
    params: { number: String(publisher.invoices[0]?.number) },
    query: { issuer: publisher.issuer.code },
    headers: stale,
    body: invoice,
  }),
  cancelInvoice: ({ publisher }) => ({
    params: { number: 'FAC-DE-PERSONNE' },
    query: { issuer: publisher.issuer.code },
  }),
  importInvoices: ({ publisher }) => ({
    query: { issuer: publisher.issuer.code },
    body: { invoices: [{ ...invoice, number: 'FAC-IMPORTEE' }] },
  }),
  listPayments: ({ money: { paid } }) => ({ shows: String(paid.invoices[0]?.number) }),
  listFinanceOrders: ({ money: { due } }) => ({ shows: due.order.id }),
  exportFinanceOrders: () => nothing,
  getFinanceOrder: ({ money: { due } }) => ({ params: { id: due.order.id } }),
  inquireFinanceOrder: ({ money: { due } }) => ({ params: { id: due.order.id } }),
  recordObservation: ({ money: { due } }) => ({
    params: { id: due.attempt.id },
    body: { says: 'not_paid', note: 'vu', seen: 'redirected' },
  }),
  listRefunds: ({ money: { refund } }) => ({ shows: refund.id }),
  takeRefund: ({ money: { refund } }) => ({ params: { id: refund.id }, headers: stale }),
  releaseRefund: ({ money: { refund } }) => ({ params: { id: refund.id }, headers: stale }),
  recordRefund: ({ money: { refund } }) => ({
    params: { id: refund.id },
    headers: stale,
    body: { way: 'transfer', proof: 'V1', refundedOn: '2026-11-20' },
  }),
  refundByGateway: ({ money: { refund } }) => ({ params: { id: refund.id }, headers: stale }),
  checkGatewayRefund: ({ money: { refund } }) => ({ params: { id: refund.id } }),
  giveSettlementFile: () => ({
    query: { provider: 'cmi', day: '2026-11-20' },
    headers: { 'content-type': 'text/csv' },
  }),
  listSettlementFiles: ({ money: { file } }) => ({ shows: file.id }),
  getSettlementFile: ({ money: { file } }) => ({ params: { id: file.id } }),
  listAnomalies: ({ money: { anomaly } }) => ({ shows: anomaly.id }),
  closeAnomaly: ({ money: { anomaly } }) => ({ params: { id: anomaly.id }, body: { note: 'vu' } }),
};

/** An administrator's own authority is customs. */
const agentsAdmin: Calls = {
  listAgents: ({ managed }) => ({ query: { pageSize: '100' }, shows: managed.customs }),
  'listAgents: of PortNet': ({ managed }) => ({ query: { pageSize: '100' }, shows: managed.portnet }),
  inviteAgent: ({ agents: { portnet } }) => ({
    body: { name: 'Essai', email: portnet.agent.email, role: 'decider' },
  }),
  getManagedAgent: ({ managed }) => ({ params: { id: managed.customs } }),
  'getManagedAgent: of PortNet': ({ managed }) => ({ params: { id: managed.portnet } }),
  changeAgent: ({ managed }) => ({ params: { id: managed.customs }, body: { name: 'Essai' } }),
  'changeAgent: of PortNet': ({ managed }) => ({ params: { id: managed.portnet }, body: { name: 'Essai' } }),
  renewAgentAccess: ({ managed }) => ({ params: { id: managed.customs } }),
  'renewAgentAccess: of PortNet': ({ managed }) => ({ params: { id: managed.portnet } }),
};

const integrators: Calls = {
  listIntegrators: ({ keys }) => ({ query: { pageSize: '100' }, shows: keys.customs.integratorId }),
  'listIntegrators: of PortNet': ({ keys }) => ({
    query: { pageSize: '100' },
    shows: keys.portnet.integratorId,
  }),
  createIntegrator: () => ({
    body: { kind: 'issuer', issuer: 'PERSONNE', name: 'Essai', email: 'a@essai.example' },
  }),
  getIntegrator: ({ keys }) => ({ params: { id: keys.issuer.integratorId } }),
  'getIntegrator: of PortNet': ({ keys }) => ({ params: { id: keys.portnet.integratorId } }),
  changeIntegrator: ({ keys }) => ({ params: { id: keys.issuer.integratorId }, body: { name: 'Essai' } }),
  'changeIntegrator: of PortNet': ({ keys }) => ({
    params: { id: keys.portnet.integratorId },
    body: { name: 'Essai' },
  }),
  listApiKeys: ({ keys, spareKeyId }) => ({
    query: { integratorId: keys.issuer.integratorId },
    shows: spareKeyId,
  }),
  'listApiKeys: of PortNet': ({ keys }) => ({ query: { integratorId: keys.portnet.integratorId } }),
  createApiKey: ({ keys }) => ({
    body: {
      integratorId: keys.issuer.integratorId,
      name: 'Essai',
      scopes: ['invoices:read'],
      expiresOn: '2026-01-01',
    },
  }),
  'createApiKey: of PortNet': ({ keys }) => ({
    body: {
      integratorId: keys.portnet.integratorId,
      name: 'Essai',
      scopes: ['filings:read'],
      expiresOn: '2026-01-01',
    },
  }),
  revokeApiKey: ({ spareKeyId }) => ({ params: { id: spareKeyId } }),
  'revokeApiKey: of PortNet': ({ keys }) => ({ params: { id: keys.portnet.keyId } }),
  'revokeApiKey: compromised': ({ spareKeyId }) => ({
    params: { id: spareKeyId },
    query: { compromised: 'true' },
  }),
};

const issuers: Calls = {
  listManagedIssuers: ({ publisher }) => ({ query: { pageSize: '100' }, shows: publisher.issuer.code }),
  createIssuer: ({ publisher }) => ({ body: { code: publisher.issuer.code, name: 'Essai' } }),
  getManagedIssuer: ({ publisher }) => ({ params: { code: publisher.issuer.code } }),
  changeIssuer: ({ publisher }) => ({ params: { code: publisher.issuer.code }, body: { active: true } }),
  listAdministrationEntries: ({ managed }) => ({ query: { agentId: managed.customs } }),
  'listAdministrationEntries: of PortNet': ({ managed }) => ({
    query: { agentId: managed.portnet },
  }),
  'listAdministrationEntries: issuer': ({ publisher }) => ({
    query: { issuer: publisher.issuer.code },
  }),
  'listAdministrationEntries: integrator': ({ keys }) => ({
    query: { integratorId: keys.issuer.integratorId },
  }),
  "listAdministrationEntries: PortNet's": ({ keys }) => ({
    query: { integratorId: keys.portnet.integratorId },
  }),
};

const at = ({ id }: { id: string }) => ({ id });
const delivery = ({ id, deliveryId }: { id: string; deliveryId: string }) => ({ id, deliveryId });
const since = '2026-11-01T00:00:00Z';

/** An endpoint is its integrator's: the issuer's, unless the row says whose. */
const webhooks: Calls = {
  listEvents: ({ publisher }) => ({ shows: publisher.published }),
  listWebhookEndpoints: ({ hooks }) => ({ shows: hooks.issuer.id }),
  'listWebhookEndpoints: of the issuer': ({ hooks, keys }) => ({
    query: { integratorId: keys.issuer.integratorId },
    shows: hooks.issuer.id,
  }),
  'listWebhookEndpoints: of PortNet': ({ hooks, keys }) => ({
    query: { integratorId: keys.portnet.integratorId },
    shows: hooks.portnet.id,
  }),
  createWebhookEndpoint: () => ({ body: { url: 'ftp://erp.example', events: ['filing.decided'] } }),
  getWebhookEndpoint: ({ hooks }) => ({ params: at(hooks.issuer) }),
  'getWebhookEndpoint: of PortNet': ({ hooks }) => ({ params: at(hooks.portnet) }),
  changeWebhookEndpoint: ({ hooks }) => ({ params: at(hooks.issuer), body: { enabled: true } }),
  'changeWebhookEndpoint: its address': ({ hooks }) => ({
    params: at(hooks.issuer),
    body: { description: 'Comptabilité' },
  }),
  'changeWebhookEndpoint: of PortNet': ({ hooks }) => ({
    params: at(hooks.portnet),
    body: { enabled: true },
  }),
  deleteWebhookEndpoint: ({ hooks }) => ({ params: at(hooks.customs) }),
  getWebhookSecret: ({ hooks }) => ({ params: at(hooks.issuer) }),
  'getWebhookSecret: of PortNet': ({ hooks }) => ({ params: at(hooks.portnet) }),
  rotateWebhookSecret: ({ hooks }) => ({ params: at(hooks.issuer) }),
  testWebhookEndpoint: ({ hooks }) => ({ params: at(hooks.issuer) }),
  'testWebhookEndpoint: of PortNet': ({ hooks }) => ({ params: at(hooks.portnet) }),
  listWebhookDeliveries: ({ hooks }) => ({ params: at(hooks.issuer), shows: hooks.issuer.deliveryId }),
  'listWebhookDeliveries: of PortNet': ({ hooks }) => ({ params: at(hooks.portnet) }),
  getWebhookDelivery: ({ hooks }) => ({ params: delivery(hooks.issuer) }),
  'getWebhookDelivery: of PortNet': ({ hooks }) => ({ params: delivery(hooks.portnet) }),
  redeliver: ({ hooks }) => ({ params: delivery(hooks.issuer) }),
  'redeliver: of PortNet': ({ hooks }) => ({ params: delivery(hooks.portnet) }),
  redeliverFailed: ({ hooks }) => ({ params: at(hooks.issuer), body: { since } }),
  'redeliverFailed: of PortNet': ({ hooks }) => ({ params: at(hooks.portnet), body: { since } }),
};

/** What each row of the table asks: its name is the operation's, with what else it is about behind a colon. */
export const calls: Calls = {
  ...anyone,
  ...operators,
  ...authorities,
  ...money,
  ...agentsAdmin,
  ...integrators,
  ...issuers,
  ...webhooks,
};

/** A key that no request before had: programs must send one where it is taken. */
export const newKey = () => ({ 'idempotency-key': randomUUID() });
