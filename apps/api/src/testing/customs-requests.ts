import {
  addMonths,
  type CompanyDraft,
  type CustomsAccount,
  type CustomsRequest,
  type CustomsRequestDossier,
  type CustomsRequestType,
  casablancaDate,
  type DocumentName,
  type OperatorType,
  type RequestDetails,
  requestDocuments,
} from '@rnoce/schemas';
import { eq, sql } from 'drizzle-orm';
import { emails } from '../db/schema/emails.ts';
import { filings } from '../db/schema/filings.ts';
import { hashPassword } from '../features/accounts/passwords.ts';
import type { BadrOperation } from '../integrations/badr/badr-operation.ts';
import type { BadrRecord } from '../integrations/badr/badr-record.ts';
import { applyCustomsRequest } from '../jobs/apply-customs-request.ts';
import { type Call, callsOf } from './agent-calls.ts';
import type { TestApp } from './app.ts';
import { makeAgent } from './factories.ts';
import { draftFiling, giveDocument, move, sectionsOf } from './filings.ts';
import { manager } from './forms.ts';
import { newIdentifiers, type OperatorBrowser, operatorBrowser } from './subscriptions.ts';

/** The password of the accounts below. */
export const accountPassword = 'Oued-tranquille-77';
let hashed: Promise<string> | undefined;

/** Commands the sandbox's BADR; throws with its answer unless it is a success. */
async function badr<T>(
  { sandboxUrl }: Pick<TestApp, 'sandboxUrl'>,
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: object,
): Promise<T> {
  const answer = await fetch(`${sandboxUrl}/api/badr/${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

export interface AccountOptions {
  readonly operatorType?: OperatorType;
  /** How the account came to its filing: an agent validated it, or it was attached to what BADR held (« rattaché »). */
  readonly by?: 'agent' | 'attached';
  /** Whether an attached account showed by the code that it acts for the operator. */
  readonly confirmed?: boolean;
  /** What BADR holds when the account is opened. */
  readonly accountStatus?: 'active' | 'cancelled';
  readonly company?: CompanyDraft;
  readonly locale?: 'fr' | 'ar' | 'en';
}

/** An operator with a customs account: the validated filing, and BADR's record of it at the sandbox. */
export async function customsAccount(
  test: TestApp,
  {
    operatorType = 'importer',
    by = 'agent',
    confirmed = true,
    accountStatus = 'active',
    company = {},
    locale = 'fr',
  }: AccountOptions = {},
) {
  hashed ??= hashPassword(accountPassword);
  const browser = await operatorBrowser(test, { passwordHash: await hashed, locale });
  const { operatorType: _type, ...numbers } = newIdentifiers(operatorType);
  const identifiers = { ...numbers, email: `badr-${numbers.ice}@societe.example` };
  const form = {
    ...identifiers,
    ...(operatorType === 'customs_broker' ? { approvalNumber: 'AGR-0001' } : {}),
    ...company,
  };
  const record = await badr<BadrRecord>(test, 'POST', 'companies', {
    ...sectionsOf(operatorType, ['customs'], form).company,
    managers: [manager],
    accountStatus,
  });
  const { database, now } = test.deps;
  const attached = by === 'attached';
  const held = {
    registryStatus: 'registered',
    registryCheckedAt: now(),
    registryRecord: { ...record },
    registryConfirmedAt: confirmed ? now() : null,
  } as const;
  const draft = await draftFiling(test, {
    operatorType,
    company: form,
    account: browser.account,
    documents: [],
    subscription: {
      identifiers,
      purpose: attached ? 'update_only' : 'registration',
      ...(attached ? held : {}),
    },
  });
  await move(test, draft.id, {
    transition: attached ? 'attached' : 'submitted',
    actor: { kind: 'operator', accountId: draft.accountId },
    sections: draft.sections,
    controlProvenAt: draft.subscription.registryConfirmedAt,
  });
  if (!attached) {
    const { id: agentId } = await makeAgent(test);
    await move(test, draft.id, { transition: 'validated', actor: { kind: 'agent', agentId } });
    await database
      .update(filings)
      .set({
        registrationStatus: 'registered',
        registrationAt: now(),
        registrationAccount: record.accountNumber,
      })
      .where(eq(filings.id, draft.id));
  }
  return {
    browser,
    filingId: draft.id,
    subscription: draft.subscription,
    ice: record.ice,
    operatorType,
    record,
  };
}
export type CustomsAccountOf = Awaited<ReturnType<typeof customsAccount>>;

/** What BADR holds of an account now. */
export const heldByBadr = (
  test: TestApp,
  { ice, operatorType }: Pick<CustomsAccountOf, 'ice' | 'operatorType'>,
) => badr<BadrRecord>(test, 'GET', `companies/${ice}?operatorType=${operatorType}`);

/** Customs change an account themselves, without the portal. */
export const changeAtCustoms = (
  test: TestApp,
  { ice, operatorType }: Pick<CustomsAccountOf, 'ice' | 'operatorType'>,
  changes: Partial<BadrRecord>,
) => badr<BadrRecord>(test, 'PATCH', `companies/${ice}?operatorType=${operatorType}`, changes);

interface TakenOrder {
  readonly reference: string;
  /** How often it was sent. */
  readonly asked: number;
  readonly operation: BadrOperation;
}

/** The orders that BADR took for an account, as it keeps them. */
export const takenByBadr = async (test: TestApp, { ice }: Pick<CustomsAccountOf, 'ice'>) =>
  (await badr<{ items: TakenOrder[] }>(test, 'GET', `operations?ice=${ice}`)).items;

/** What the account may ask for now. */
export async function accountNow({ browser }: Pick<CustomsAccountOf, 'browser'>): Promise<CustomsAccount> {
  const answer = await browser.call('GET', '/customs-account');
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json<CustomsAccount>();
}

export const createRequest = (browser: OperatorBrowser, type: CustomsRequestType) =>
  browser.call('POST', '/customs-requests', { body: { type } });

export const readRequest = async (browser: OperatorBrowser, id: string): Promise<CustomsRequest> => {
  const answer = await browser.call('GET', `/customs-requests/${id}`);
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json<CustomsRequest>();
};

/** Opens a draft by the API, and fails on anything but 201. */
export async function openRequest(
  browser: OperatorBrowser,
  type: CustomsRequestType,
): Promise<CustomsRequest> {
  const answer = await createRequest(browser, type);
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json<CustomsRequest>();
}

/** Details with which each operation can be sent. */
export const completeDetails = (type: CustomsRequestType, at: Date): RequestDetails => {
  const tradeRegisterDate = addMonths(casablancaDate(at), -1);
  switch (type) {
    case 'update':
      return { tradeRegisterDate };
    case 'cancellation':
      return { ground: 'striking_off', comment: 'La société cesse son activité.' };
    case 'restoration':
      return { evidence: 'trade_register', tradeRegisterDate, motive: 'La société reprend son activité.' };
  }
};

/** Gives a document of a request as its row; the file is in no storage. */
export const giveRequestDocument = (
  test: TestApp,
  request: Pick<CustomsRequest, 'id' | 'subscriptionId'>,
  document: DocumentName,
) =>
  giveDocument({
    database: test.deps.database,
    subscriptionId: request.subscriptionId,
    document,
    customsRequestId: request.id,
  });

/** Saves a part of a draft by the API; returns the draft. */
export async function saveRequest(
  browser: OperatorBrowser,
  { id, version }: Pick<CustomsRequest, 'id' | 'version'>,
  part: 'details' | 'sections/company' | 'sections/managers',
  body: object,
): Promise<CustomsRequest> {
  const answer = await browser.call('PUT', `/customs-requests/${id}/${part}`, { version, body });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json<CustomsRequest>();
}

/** Fills a draft by the API so that it can be sent; `company` is what an update changes. */
export async function fillRequest(
  test: TestApp,
  browser: OperatorBrowser,
  draft: CustomsRequest,
  company: CompanyDraft = { tradeName: 'Enseigne nouvelle' },
): Promise<CustomsRequest> {
  const { type, operatorType } = draft;
  const details = completeDetails(type, test.deps.now());
  let filled = await saveRequest(browser, draft, 'details', details);
  if (type === 'update')
    filled = await saveRequest(browser, filled, 'sections/company', {
      ...filled.sections.company,
      ...company,
    });
  const asked = requestDocuments({
    type,
    context: { operatorType, authorities: ['customs'], today: '', has: () => true, ribCodes: () => [] },
    details,
    before: { company: filled.before.company ?? {} },
    sections: { company: filled.sections.company ?? {} },
  });
  for (const document of asked) await giveRequestDocument(test, draft, document);
  return filled;
}

export const submitRequest = (
  browser: OperatorBrowser,
  { id, version, type }: Pick<CustomsRequest, 'id' | 'version' | 'type'>,
  password = accountPassword,
) =>
  browser.call('POST', `/customs-requests/${id}/submission`, {
    version,
    body: type === 'cancellation' ? { password } : {},
  });

/** A request of this type that waits for customs. */
export async function sentRequest(
  test: TestApp,
  { browser }: Pick<CustomsAccountOf, 'browser'>,
  type: CustomsRequestType,
  company?: CompanyDraft,
): Promise<CustomsRequest> {
  const draft = await fillRequest(test, browser, await openRequest(browser, type), company);
  const answer = await submitRequest(browser, draft);
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json<CustomsRequest>();
}

/** An agent's work on requests. */
export function requestDesk(test: TestApp, agent: { headers: Record<string, string> }) {
  const { call } = callsOf(test, agent);
  const decide = (id: string, version: number, body: object, given: Call = {}) =>
    call('POST', `/customs-requests/${id}/decision`, { ...given, version, body });
  return {
    call,
    decide,
    dossier: async (id: string): Promise<CustomsRequestDossier> => {
      const answer = await call('GET', `/customs-requests/${id}/dossier`);
      if (answer.statusCode !== 200) throw new Error(answer.body);
      return answer.json<CustomsRequestDossier>();
    },
    readRegistry: (id: string) => call('POST', `/customs-requests/${id}/registry-reading`),
    resend: (id: string, version: number) => call('POST', `/customs-requests/${id}/effect`, { version }),
  };
}
export type RequestDesk = ReturnType<typeof requestDesk>;

export const acceptance = { outcome: 'accepted' };
export const rejection = { outcome: 'rejected', reasons: [{ cause: 'other', text: 'Dossier insuffisant.' }] };

/** Decides a request as an agent who has just read it; fails unless it is taken. */
export async function decideRequest(
  desk: RequestDesk,
  id: string,
  body: object,
): Promise<CustomsRequestDossier> {
  const { version } = await desk.dossier(id);
  const answer = await desk.decide(id, version, body);
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json<CustomsRequestDossier>();
}

/** Sends an accepted request to BADR, as the worker does. */
export const applyRequest = ({ deps }: TestApp, requestId: string) =>
  applyCustomsRequest(deps, { requestId });

/** How many jobs that send this request to BADR were queued so far. */
export async function ordersQueued({ deps }: TestApp, requestId: string): Promise<number> {
  const { rows } = await deps.database.execute<{ count: number }>(
    sql`select count(*)::int as count from jobs.job where name = 'apply-customs-request' and data->>'requestId' = ${requestId}`,
  );
  return rows[0]?.count ?? 0;
}

/** The e-mails that an account was sent, or that left for BADR's address in its name, by template. */
export async function emailsOf({ deps }: TestApp, { browser }: Pick<CustomsAccountOf, 'browser'>) {
  const rows = await deps.database
    .select({ template: emails.template })
    .from(emails)
    .where(eq(emails.accountId, browser.account.id));
  const counted: Record<string, number> = {};
  for (const { template } of rows) counted[template] = (counted[template] ?? 0) + 1;
  return counted;
}
