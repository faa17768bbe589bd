import { fixtures, iceOf } from '@rnoce/sandbox/badr/fixtures';
import type { Authority, CompanyDraft, OperatorType, Section, Subscription } from '@rnoce/schemas';
import { documentsOf } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import type { App } from '../app.ts';
import type { accounts } from '../db/schema/accounts.ts';
import type { JobName } from '../jobs/queue.ts';
import type { TestApp } from './app.ts';
import { signedInOperator } from './factories.ts';
import { giveDocument } from './filings.ts';
import { manager, portnetCompany, portnetSections } from './forms.ts';
import { giveSignedContract } from './signed-contracts.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
export interface Asked {
  readonly body?: object;
  /** Sent as `If-Match`. */
  readonly version?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An operator's signed-in browser: `call('PUT', '/subscriptions/…', { version, body })`, on another app of the same database if given. */
export async function operatorBrowser(test: TestApp, given: Partial<typeof accounts.$inferInsert> = {}) {
  const { account, headers: cookie } = await signedInOperator(test, given);
  const callOn = (app: App, method: Method, path: string, { body, version, headers }: Asked = {}) =>
    app.inject({
      method,
      url: `/api/v1${path}`,
      ...(body ? { payload: body } : {}),
      headers: {
        ...cookie,
        ...(version === undefined ? {} : { 'if-match': `"${String(version)}"` }),
        ...headers,
      },
    });
  return {
    account,
    cookie,
    callOn,
    call: (method: Method, path: string, asked?: Asked) => callOn(test.app, method, path, asked),
  };
}
export type OperatorBrowser = Awaited<ReturnType<typeof operatorBrowser>>;

let companies = 0;
/** Identifiers of a company that neither BADR nor another test knows. */
export function newIdentifiers(operatorType: OperatorType = 'importer') {
  companies += 1;
  return {
    email: 'contact@nouvelle.example',
    taxId: '20782890',
    ice: iceOf(`0098${String(companies).padStart(5, '0')}`),
    rcNumber: '5537556',
    rcCentre: '81',
    operatorType,
  };
}

export type Fixture = keyof typeof fixtures;
/** The identifiers of a company that the sandbox's BADR knows, as its owner types them. */
export function knownIdentifiers(name: Fixture, email: string = fixtures[name].email) {
  const { taxId, ice, rcNumber, rcCentre, operatorType } = fixtures[name];
  return { email, taxId, ice, rcNumber, rcCentre, operatorType };
}

/** Opens a draft by the API, and fails on anything but 201. */
export async function openDraft(
  browser: OperatorBrowser,
  identifiers: object = newIdentifiers(),
  purpose: 'registration' | 'update_only' = 'registration',
  authorities: readonly Authority[] = ['customs'],
): Promise<Subscription> {
  const answer = await browser.call('POST', '/subscriptions', {
    body: { authorities, purpose, identifiers },
  });
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json<Subscription>();
}

/** Opens a joint draft by the API. */
export const openJointDraft = (
  browser: OperatorBrowser,
  identifiers: object = newIdentifiers(),
): Promise<Subscription> => openDraft(browser, identifiers, 'registration', ['customs', 'portnet']);

/** Goes on from a customs subscription that was sent, by the API. */
export async function openPortnetAlone(browser: OperatorBrowser): Promise<Subscription> {
  const answer = await browser.call('POST', '/subscriptions', { body: { authorities: ['portnet'] } });
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json<Subscription>();
}

/** Where each section is saved. */
export const sectionPaths = {
  company: 'company',
  managers: 'managers',
  legalRepresentative: 'legal-representative',
  singleWindowUsers: 'single-window-users',
  contacts: 'contacts',
  bankAccount: 'bank-account',
} as const satisfies Record<Section, string>;

/** Saves a section by the API. */
export const saveSection = (
  browser: OperatorBrowser,
  { id }: Pick<Subscription, 'id'>,
  section: Section,
  version: number,
  body: object,
) => browser.call('PUT', `/subscriptions/${id}/sections/${sectionPaths[section]}`, { version, body });

/** A company's section with every field right, as it would be typed for this draft. */
export const completeCompany = (draft: Subscription, given: CompanyDraft = {}): CompanyDraft => ({
  ...draft.identifiers,
  operatorType: draft.operatorType,
  entityType: 'legal_person',
  legalName: 'Nouvelle Société SARL',
  startDate: '2015-03-02',
  acronym: 'NS',
  tradeName: 'Nouvelle',
  mainActivity: '0141',
  actualActivity: 'Négoce de produits alimentaires',
  address: '12, rue des Essais, Casablanca',
  city: '0077',
  origin: 'lease',
  phone: '+212522000000',
  ...(draft.operatorType === 'customs_broker' ? { approvalNumber: 'AGR-0001' } : {}),
  ...(draft.authorities.includes('portnet') ? portnetCompany : {}),
  ...given,
});

/** Fills a draft's sections by the API; returns the version that stands then. */
export async function fillSections(
  browser: OperatorBrowser,
  draft: Subscription,
  company: CompanyDraft = {},
): Promise<number> {
  const { operatorType, authorities } = draft;
  const sections = {
    company: completeCompany(draft, company),
    managers: [{ ...manager, key: 'manager-1' }],
    ...portnetSections(operatorType, authorities, 'manager-1'),
  };
  let { version } = draft;
  for (const [section, body] of Object.entries(sections) as [Section, object][]) {
    const saved = await saveSection(browser, draft, section, version, body);
    if (saved.statusCode !== 200) throw new Error(saved.body);
    ({ version } = saved.json<{ version: number }>());
  }
  return version;
}

/** Fills a draft by the API, its documents as rows whose files are in no storage; returns the version that can be submitted. */
export async function fillDraft(
  test: TestApp,
  browser: OperatorBrowser,
  draft: Subscription,
  company: CompanyDraft = {},
): Promise<number> {
  const { operatorType, authorities } = draft;
  const { database } = test.deps;
  const version = await fillSections(browser, draft, company);
  const entityType = company.entityType === 'natural_person' ? 'natural_person' : 'legal_person';
  for (const document of documentsOf({ operatorType, authorities, entityType })) {
    if (document === 'contract') await giveSignedContract({ database }, draft.id);
    else if (document !== 'logo') await giveDocument({ database, subscriptionId: draft.id, document });
  }
  return version;
}

/** Commands the sandbox's BADR: `badrMode(test, { mode: 'down' })`, `{ mode: 'normal' }` to end it. */
export async function badrMode({ sandboxUrl }: TestApp, body: object): Promise<void> {
  const answer = await fetch(`${sandboxUrl}/api/badr/mode`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

/** How many jobs of a kind wait with this in their data. */
export async function queuedJobs({ deps }: TestApp, name: JobName, data: object): Promise<number> {
  const { rows } = await deps.database.execute<{ count: number }>(
    sql`select count(*)::int as count from jobs.job where name = ${name} and data @> ${JSON.stringify(data)}::jsonb`,
  );
  return rows[0]?.count ?? 0;
}
