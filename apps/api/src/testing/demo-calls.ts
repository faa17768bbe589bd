import {
  cancelInvoice,
  changeAgent,
  changeIntegrator,
  changeIssuer,
  changeWebhookEndpoint,
  checkReceipt,
  createApiKey,
  createIntegrator,
  createIssuer,
  createWebhookEndpoint,
  decideCustomsRequest,
  decideFiling,
  exportAccount,
  getAccount,
  getAgentSession,
  getCaptcha,
  getConfiguration,
  getCurrentSession,
  getCustomsAccount,
  getCustomsRequest,
  getCustomsRequestDossier,
  getFiling,
  getFilingStatistics,
  getFinanceOrder,
  getIntegrator,
  getInvoice,
  getManagedAgent,
  getManagedIssuer,
  getPaymentOrder,
  getReferenceList,
  getServiceStatus,
  getSubscription,
  getSubscriptionOptions,
  getWebhookDelivery,
  getWebhookEndpoint,
  getWebhookSecret,
  importInvoices,
  inviteAgent,
  listAccountApiKeys,
  listAdministrationEntries,
  listAgentSessions,
  listAgents,
  listAnomalies,
  listApiKeys,
  listCustomsRequests,
  listEvents,
  listFilings,
  listFinanceOrders,
  listIntegrators,
  listInvoices,
  listIssuers,
  listManagedIssuers,
  listMessages,
  listOwnInvoices,
  listOwnPayments,
  listPayments,
  listRefunds,
  listSessions,
  listSettlementFiles,
  listSubscriptions,
  listWebhookDeliveries,
  listWebhookEndpoints,
  previewCustomsRequestDecision,
  previewDecision,
  putInvoice,
  redeliver,
  redeliverFailed,
  renewAgentAccess,
  rotateWebhookSecret,
  searchPublicInvoices,
  testWebhookEndpoint,
} from '@rnoce/schemas';
import type { Ask } from './demo-callers.ts';

const firstOf = <T>({ items: [first] }: { readonly items: readonly T[] }): T => {
  if (!first) throw new Error('the demonstration has none');
  return first;
};
const all = { pageSize: '100' };

async function readAsAnybody(ask: Ask): Promise<void> {
  for (const route of [getConfiguration, getCaptcha, getServiceStatus]) await ask('nobody', route);
  await ask('nobody', getReferenceList, { params: { list: 'rc-centres' } });
  await ask('nobody', searchPublicInvoices, { query: { subscriptionCode: '1206' } });
}

async function readAsOperators(ask: Ask): Promise<void> {
  const operator = 'validated';
  for (const route of [
    getAccount,
    exportAccount,
    listAccountApiKeys,
    listSessions,
    getCurrentSession,
    getSubscriptionOptions,
  ])
    await ask(operator, route);
  const { items: paid } = await ask(operator, listOwnPayments);
  const receipt = paid.find((one) => one.receipt)?.receipt;
  await ask('nobody', checkReceipt, { params: { code: receipt?.code ?? '' } });
  await ask('nobody', getPaymentOrder, { params: { id: paid[0]?.id ?? '' } });
  for (const role of ['validated', 'incomplete', 'in_review', 'contract', 'apart', 'subscriber']) {
    for (const { id, filings } of (await ask(role, listSubscriptions)).items) {
      await ask(role, getSubscription, { params: { id } });
      await ask(role, listMessages, { params: { id: filings[0]?.id ?? '' } });
    }
  }
  for (const role of ['validated', 'apart', 'cancelling', 'cancelled']) {
    await ask(role, getCustomsAccount);
    for (const { id } of (await ask(role, listCustomsRequests)).items)
      await ask(role, getCustomsRequest, { params: { id } });
  }
  await ask('key operator', listOwnInvoices, { query: all });
  await ask('key operator', listSubscriptions);
  await ask('key operator', listEvents);
}

async function readAsAgents(ask: Ask): Promise<void> {
  for (const route of [getAgentSession, listAgentSessions, getFilingStatistics]) await ask('agent', route);
  for (const caller of ['key customs', 'key portnet']) {
    for (const { id } of (await ask(caller, listFilings, { query: all })).items)
      await ask(caller, getFiling, { params: { id } });
    await ask(caller, listEvents);
  }
  for (const { id } of (await ask('key customs', listCustomsRequests, { query: all })).items)
    await ask('key customs', getCustomsRequestDossier, { params: { id } });
  for (const { id } of (await ask('finance', listFinanceOrders, { query: all })).items)
    await ask('finance', getFinanceOrder, { params: { id } });
  for (const route of [listRefunds, listAnomalies, listSettlementFiles, listIssuers])
    await ask('finance', route);
  for (const { id } of (await ask('administrator', listAgents, { query: all })).items)
    await ask('administrator', getManagedAgent, { params: { id } });
  for (const { id } of (await ask('administrator', listIntegrators)).items) {
    await ask('administrator', getIntegrator, { params: { id } });
    await ask('administrator', listApiKeys, { query: { integratorId: id } });
  }
  for (const { code } of (await ask('administrator', listManagedIssuers)).items)
    await ask('administrator', getManagedIssuer, { params: { code } });
}

async function readAsIssuer(ask: Ask): Promise<void> {
  const issuer = 'key issuer';
  const { items } = await ask(issuer, listInvoices, { query: all });
  for (const { number } of items.slice(0, 5)) await ask(issuer, getInvoice, { params: { number } });
  await ask(issuer, listPayments);
  await ask(issuer, listEvents);
}

/** Reads what the demonstration data hold, as each of those who may. Nothing is changed. */
export async function readDemo(ask: Ask): Promise<void> {
  await readAsAnybody(ask);
  await readAsOperators(ask);
  await readAsAgents(ask);
  await readAsIssuer(ask);
}

async function publish(ask: Ask): Promise<void> {
  const issuer = 'key issuer';
  const body = {
    clientCode: '1206',
    clientName: 'Primeurs du Haouz SARL',
    issuedOn: '2026-11-01',
    dueOn: '2026-12-01',
    amount: '64.00',
  };
  await ask(issuer, putInvoice, { params: { number: 'DOC-1' }, body });
  await ask(issuer, importInvoices, { body: { invoices: [{ number: 'DOC-2', ...body }] } });
  await ask(issuer, cancelInvoice, { params: { number: 'DOC-1' } });
}

async function subscribe(ask: Ask): Promise<void> {
  const issuer = 'key issuer';
  const body = { url: 'https://erp.example.ma/rnoce', events: ['invoice.paid', 'invoice.created'] };
  const { id } = await ask(issuer, createWebhookEndpoint, { body });
  const params = { id };
  await ask(issuer, listWebhookEndpoints);
  await ask(issuer, getWebhookEndpoint, { params });
  await ask(issuer, getWebhookSecret, { params });
  await ask(issuer, rotateWebhookSecret, { params });
  await ask(issuer, testWebhookEndpoint, { params });
  const { id: deliveryId } = firstOf(await ask(issuer, listWebhookDeliveries, { params }));
  await ask(issuer, getWebhookDelivery, { params: { id, deliveryId } });
  await ask(issuer, redeliver, { params: { id, deliveryId } });
  await ask(issuer, redeliverFailed, { params, body: { since: '2026-01-01T00:00:00Z' } });
  await ask(issuer, changeWebhookEndpoint, { params, body: { description: 'ERP' } });
}

async function decide(ask: Ask): Promise<void> {
  const query = { status: 'in_review' };
  const filing = firstOf(await ask('agent', listFilings, { query }));
  const { version } = await ask('key customs', getFiling, { params: { id: filing.id } });
  const reason = { about: { document: 'ice' }, cause: 'illegible', text: 'Le numéro ne se lit pas.' };
  const asked = { params: { id: filing.id }, body: { outcome: 'incomplete', reasons: [reason] }, version };
  await ask('agent', previewDecision, asked);
  await ask('key customs', decideFiling, asked);
  const request = firstOf(await ask('agent', listCustomsRequests, { query }));
  const params = { id: request.id };
  const dossier = await ask('key customs', getCustomsRequestDossier, { params });
  const body = { outcome: 'rejected', reasons: [{ cause: 'other', text: 'Le gérant ne signe pas.' }] };
  await ask('agent', previewCustomsRequestDecision, { params, body });
  await ask('key customs', decideCustomsRequest, { params, body, version: dossier.version });
}

async function administer(ask: Ask): Promise<void> {
  const administrator = 'administrator';
  const { id } = await ask(administrator, createIntegrator, {
    body: { kind: 'issuer', issuer: 'TUV', name: 'Facturation TUV', email: 'erp@tuv.example', locale: 'fr' },
  });
  await ask(administrator, changeIntegrator, { params: { id }, body: { name: 'ERP TUV' } });
  await ask(administrator, listAdministrationEntries, { query: { integratorId: id } });
  const issuer = { code: 'ESSAI', name: 'Laboratoire d’essai' };
  await ask(administrator, createIssuer, { body: issuer });
  const params = { code: issuer.code };
  await ask(administrator, changeIssuer, { params, body: { name: 'Laboratoire', active: false } });
  await ask(administrator, listAdministrationEntries, { query: { issuer: issuer.code } });
  const expiresOn = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  await ask(administrator, createApiKey, {
    body: { integratorId: id, name: 'ERP', scopes: ['invoices:write'], expiresOn },
  });
  await ask(administrator, listApiKeys, { query: { integratorId: id } });
}

async function manageAgents(ask: Ask): Promise<void> {
  const { id } = await ask('administrator', inviteAgent, {
    body: { name: 'Yassir Amrani', email: 'y.amrani@douane.example', role: 'decider' },
  });
  await ask('administrator', renewAgentAccess, { params: { id } });
  const { agent } = await ask('agent', getAgentSession);
  await ask('administrator', changeAgent, { params: { id: agent.id }, body: { locale: 'fr' } });
}

/** What programs, and those who help them, change. */
export async function changeDemo(ask: Ask): Promise<void> {
  await publish(ask);
  await subscribe(ask);
  await decide(ask);
  await administer(ask);
  await manageAgents(ask);
}
