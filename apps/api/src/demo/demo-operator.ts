import { setTimeout } from 'node:timers/promises';
import type { Authority, DocumentName, listSubscriptions } from '@rnoce/schemas';
import { documentsOf, isPlainDocument, type RouteAnswer, type Subscription } from '@rnoce/schemas';
import type { InjectOptions } from 'fastify';
import type { App } from '../app.ts';
import type { DemoCompany } from './demo-companies.ts';
import { demoDocument } from './demo-documents.ts';

/** On a busy machine the API may ask to come again, as it asks people. */
const maxTries = 10;

type Method = 'GET' | 'POST' | 'PUT';
interface Call {
  readonly body?: object;
  readonly version?: number;
  readonly file?: Uint8Array;
}

/** A browser of an operator: calls the API as the portal does, and throws with its answer when it refuses. */
export async function signInOperator(app: App, credentials: { email: string; password: string }) {
  let cookie = '';
  const call = async <T>(method: Method, path: string, { body, version, file }: Call = {}): Promise<T> => {
    const options: InjectOptions = {
      method,
      url: `/api/v1${path}`,
      headers: { cookie, ...(version === undefined ? {} : { 'if-match': `"${String(version)}"` }) },
    };
    if (body) options.payload = body;
    if (file) {
      const form = new FormData();
      form.append('file', new Blob([new Uint8Array(file)], { type: 'application/pdf' }), 'document.pdf');
      const encoded = new Response(form);
      options.payload = Buffer.from(await encoded.arrayBuffer());
      options.headers = { ...options.headers, 'content-type': encoded.headers.get('content-type') ?? '' };
    }
    let answer = await app.inject(options);
    for (let tries = 1; answer.statusCode === 503 && tries < maxTries; tries += 1) {
      await setTimeout(Number(answer.headers['retry-after'] ?? 1) * 1000);
      answer = await app.inject(options);
    }
    if (answer.statusCode >= 300)
      throw new Error(`demonstration data: ${method} ${path} answered ${answer.body}`);
    if (answer.cookies.length > 0)
      cookie = answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    return answer.body === '' ? (undefined as T) : answer.json<T>();
  };
  await call('POST', '/sessions', { body: credentials });
  return { call };
}
export type DemoOperator = Awaited<ReturnType<typeof signInOperator>>;

const authoritiesOf = ({ portnet }: DemoCompany): Authority[] => [
  'customs',
  ...(portnet ? ['portnet' as const] : []),
];

const sectionPath = (section: string): string =>
  section.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

async function fillSections({ call }: DemoOperator, demo: DemoCompany, draft: Subscription): Promise<number> {
  const sections = {
    company: { ...demo.company, ...demo.portnet?.company, operatorType: demo.operatorType },
    managers: demo.managers,
    ...demo.portnet?.sections,
  };
  let { version } = draft;
  for (const [section, body] of Object.entries(sections))
    ({ version } = await call<{ version: number }>(
      'PUT',
      `/subscriptions/${draft.id}/sections/${sectionPath(section)}`,
      { body, version },
    ));
  return version;
}

/** Gives every required document. The contract is made, and comes back as a scan; of a draft it is still to be signed. */
async function giveDocuments(
  { call }: DemoOperator,
  demo: DemoCompany,
  draft: Subscription,
  at: Date,
): Promise<void> {
  const path = `/subscriptions/${draft.id}`;
  const { legalName, ice } = demo.company;
  const fileOf = (document: DocumentName) =>
    demoDocument(document, { legalName: legalName ?? '', ice: ice ?? '', at });
  const asked = documentsOf({ ...draft, entityType: 'legal_person' }).filter((one) => one !== 'logo');
  const give = async (document: DocumentName) =>
    await call('PUT', `${path}/documents/${document}`, { file: await fileOf(document) });
  await Promise.all(asked.filter(isPlainDocument).map(give));
  if (!asked.includes('contract')) return;
  await call('POST', `${path}/contract`);
  const signed = await fileOf('contract');
  if (!demo.isDraft) await call('PUT', `${path}/contract/signed?way=handwritten`, { file: signed });
}

/**
 * Fills in and sends a company's form, from wherever an earlier run was stopped: the account's one subscription is taken up again. Returns
 * it as it was sent; a draft stops at its contract.
 */
export async function submitForm(operator: DemoOperator, demo: DemoCompany, at: Date): Promise<Subscription> {
  const { call } = operator;
  const { items } = await call<RouteAnswer<typeof listSubscriptions>>('GET', '/subscriptions');
  const { ice, taxId, rcNumber, rcCentre } = demo.company;
  const id =
    items[0]?.id ??
    (
      await call<Subscription>('POST', '/subscriptions', {
        body: {
          authorities: authoritiesOf(demo),
          ...(demo.attaches ? { purpose: 'update_only' } : {}),
          identifiers: { email: demo.email, ice, taxId, rcNumber, rcCentre, operatorType: demo.operatorType },
        },
      })
    ).id;
  const path = `/subscriptions/${id}`;
  const draft = await call<Subscription>('GET', path);
  if (!draft.editable) return draft;
  const version = await fillSections(operator, demo, draft);
  await giveDocuments(operator, demo, draft, at);
  if (demo.isDraft) await call('PUT', `${path}/current-step`, { body: { step: 'contract' } });
  else await call('POST', `${path}/submission`, { body: { acceptTerms: true }, version });
  return await call<Subscription>('GET', path);
}
