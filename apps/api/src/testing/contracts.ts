import { type CompanyDraft, type ContractView, getContract, type SignatureWay } from '@rnoce/schemas';
import type { App } from '../app.ts';
import type { TestApp } from './app.ts';
import {
  fillSections,
  newIdentifiers,
  type OperatorBrowser,
  openJointDraft,
  operatorBrowser,
} from './subscriptions.ts';
import { fileForm } from './uploads.ts';

/** Where the routes of a subscription's contract are. */
export const contractPath = ({ id }: { readonly id: string }): string => getContract.path.replace(':id', id);

/** A joint draft whose sections are complete, by the API. */
export async function completeDraft(test: TestApp, company: CompanyDraft = {}) {
  const browser = await operatorBrowser(test);
  const draft = await openJointDraft(browser, newIdentifiers());
  const version = await fillSections(browser, draft, company);
  return { browser, draft, version };
}

/** Makes the contract of a form, and fails on anything but 200. */
export async function issue(browser: OperatorBrowser, draft: { readonly id: string }): Promise<ContractView> {
  const answer = await browser.call('POST', contractPath(draft));
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json<ContractView>();
}

/** The contract's bytes, as its operator downloads them. */
export async function download(browser: OperatorBrowser, draft: { readonly id: string }): Promise<Buffer> {
  const answer = await browser.call('GET', contractPath(draft));
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.rawPayload;
}

/** A form with its contract, ready to be signed. */
export async function issuedDraft(test: TestApp, company: CompanyDraft = {}) {
  const drafted = await completeDraft(test, company);
  const contract = await issue(drafted.browser, drafted.draft);
  return { ...drafted, contract, pdf: await download(drafted.browser, drafted.draft) };
}

/** Gives a signed contract, on another app of the same database if given. */
export async function giveSigned(
  app: App,
  { cookie }: Pick<OperatorBrowser, 'cookie'>,
  draft: { readonly id: string },
  bytes: Uint8Array,
  way: SignatureWay = 'electronic',
) {
  const { payload, contentType } = await fileForm(bytes, { name: 'contrat signé.pdf' });
  return await app.inject({
    method: 'PUT',
    url: `/api/v1${contractPath(draft)}/signed`,
    query: { way },
    headers: { ...cookie, 'content-type': contentType },
    payload,
  });
}

/** Has a contract signed by the sandbox's key, in one of the ways of its `signing/sign-as.ts`. */
export async function signBySandbox({ sandboxUrl }: TestApp, as: string, pdf: Buffer): Promise<Buffer> {
  const answer = await fetch(`${sandboxUrl}/api/signing/sign?as=${as}`, {
    method: 'POST',
    headers: { 'content-type': 'application/pdf' },
    body: new Uint8Array(pdf),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return Buffer.from(await answer.arrayBuffer());
}
