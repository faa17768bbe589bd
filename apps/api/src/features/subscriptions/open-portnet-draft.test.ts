import { fixtures } from '@rnoce/sandbox/badr/fixtures';
import type { DocumentVersion, Subscription } from '@rnoce/schemas';
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../app.ts';
import { documentVerdicts, documentVersions, strayFiles } from '../../db/schema/documents.ts';
import { makePdf } from '../../integrations/inspection/pdf-samples.ts';
import { cleanUp } from '../../jobs/clean-up.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { move } from '../../testing/filings.ts';
import { portnetCompany, portnetSections } from '../../testing/forms.ts';
import { giveSignedContract } from '../../testing/signed-contracts.ts';
import {
  fillDraft,
  knownIdentifiers,
  newIdentifiers,
  type OperatorBrowser,
  openDraft,
  openPortnetAlone,
  operatorBrowser,
  queuedJobs,
  saveSection,
} from '../../testing/subscriptions.ts';
import { upload } from '../../testing/uploads.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

const submit = async (browser: OperatorBrowser, { id }: Pick<Subscription, 'id'>, version: number) => {
  const answer = await browser.call('POST', `/subscriptions/${id}/submission`, {
    version,
    body: { acceptTerms: true },
  });
  expect(answer.statusCode).toBe(200);
  return answer.json<Subscription>();
};
const read = async (browser: OperatorBrowser, { id }: Pick<Subscription, 'id'>) =>
  (await browser.call('GET', `/subscriptions/${id}`)).json<Subscription>();
const ask = (browser: OperatorBrowser) =>
  browser.call('POST', '/subscriptions', { body: { authorities: ['portnet'] } });
const shaOf = ({ documents }: Subscription) =>
  documents.flatMap(({ document, current }) =>
    current ? [[document, current.sha256, current.fileName]] : [],
  );

/** A form that customs was sent. */
async function sentToCustoms(identifiers: object = newIdentifiers()) {
  const browser = await operatorBrowser(test);
  const draft = await openDraft(browser, identifiers);
  const sent = await submit(browser, draft, await fillDraft(test, browser, draft));
  return { browser, sent };
}

describe('PortNet alone', () => {
  it('waits for customs to be sent its part', async () => {
    const browser = await operatorBrowser(test);
    expect((await ask(browser)).json()).toMatchObject({ status: 409, code: 'authority_unavailable' });
    await openDraft(browser);
    expect((await ask(browser)).json()).toMatchObject({ status: 409, code: 'authority_unavailable' });
  });

  it("starts from customs' form, documents and what BADR said, without asking it", async () => {
    const { email } = knownIdentifiers('atlasNegoce');
    const browser = await operatorBrowser(test, { email });
    const draft = await openDraft(browser, knownIdentifiers('atlasNegoce'));
    const sent = await submit(browser, draft, await fillDraft(test, browser, draft, { fax: '0522000001' }));
    const nobody = () => Promise.reject(new Error('BADR was asked'));
    const app = await buildApp({ ...test.deps, badr: { ...test.deps.badr, findOperator: nobody } });
    const answer = await browser.callOn(app, 'POST', '/subscriptions', {
      body: { authorities: ['portnet'] },
    });
    await app.close();
    expect(answer.statusCode).toBe(201);
    const alone = answer.json<Subscription>();
    expect(alone.id).not.toBe(sent.id);
    expect(alone.code).not.toBe(sent.code);
    expect(alone).toMatchObject({
      authorities: ['portnet'],
      purpose: 'registration',
      operatorType: sent.operatorType,
      identifiers: sent.identifiers,
      registry: sent.registry,
      currentStep: 'company',
      filings: [{ authority: 'portnet', status: 'draft' }],
      editable: true,
    });
    expect(alone.sections).toMatchObject({
      company: sent.sections.company,
      managers: sent.sections.managers,
      singleWindowUsers: null,
      // BADR holds it, and this account's e-mail is the one that BADR has.
      bankAccount: { rib: fixtures.atlasNegoce.rib },
    });
    expect(alone.sections.managers?.every(({ key }) => key)).toBe(true);
    expect(shaOf(alone)).toEqual(shaOf(sent));
    expect(alone.progress.issues.map(({ pointer }) => pointer)).toEqual([
      '/company/businessTax',
      '/legalRepresentative/manager',
      '/singleWindowUsers',
      '/contacts',
      '/bankAccount/bank',
      '/bankAccount/branchAddress',
      '/documents/contract',
    ]);
    expect(await read(browser, sent)).toEqual(sent);
  });

  it('is sent by itself, and leaves nothing to choose', async () => {
    const { browser, sent } = await sentToCustoms();
    const alone = await openPortnetAlone(browser);
    const managerKey = alone.sections.managers?.[0]?.key ?? '';
    const sections = {
      company: { ...alone.sections.company, ...portnetCompany },
      ...portnetSections('importer', ['portnet'], managerKey),
    };
    let { version } = alone;
    for (const [section, body] of Object.entries(sections)) {
      const saved = await saveSection(browser, alone, section as keyof typeof sections, version, body);
      ({ version } = saved.json<{ version: number }>());
    }
    await giveSignedContract(test.deps, alone.id);
    const done = await submit(browser, alone, version);
    expect(done.sections.company?.ice).toBe(sent.sections.company?.ice);
    expect(done.filings).toMatchObject([{ authority: 'portnet', status: 'in_review' }]);
    const { items } = (await browser.call('GET', '/subscriptions')).json<{ items: Subscription[] }>();
    expect(items.map(({ id }) => id)).toEqual([alone.id, sent.id]);
    expect((await browser.call('GET', '/subscriptions/options')).json()).toMatchObject({
      authorities: [{ reason: 'already_filed' }, { reason: 'already_filed' }],
    });
  });

  it('is for the operator whom customs have: another ICE is told, and nothing sent', async () => {
    const { browser } = await sentToCustoms();
    const alone = await openPortnetAlone(browser);
    const managerKey = alone.sections.managers?.[0]?.key ?? '';
    const { ice } = newIdentifiers();
    const sections = {
      company: { ...alone.sections.company, ...portnetCompany, ice },
      ...portnetSections('importer', ['portnet'], managerKey),
    };
    let { version } = alone;
    for (const [section, body] of Object.entries(sections)) {
      const saved = await saveSection(browser, alone, section as keyof typeof sections, version, body);
      ({ version } = saved.json<{ version: number }>());
    }
    await giveSignedContract(test.deps, alone.id);
    const answer = await browser.call('POST', `/subscriptions/${alone.id}/submission`, {
      version,
      body: { acceptTerms: true },
    });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ errors: [{ pointer: '/company/ice', code: 'other_operator' }] });
    expect(await read(browser, alone)).toMatchObject({ submittedAt: null });
  });

  it('follows an update_only at customs too', async () => {
    const { email } = knownIdentifiers('detroitFret');
    const browser = await operatorBrowser(test, { email });
    const draft = await openDraft(browser, knownIdentifiers('detroitFret'), 'update_only');
    const sent = await submit(
      browser,
      draft,
      await fillDraft(test, browser, draft, { ...draft.sections.company }),
    );
    expect(sent.filings).toMatchObject([{ status: 'validated', attached: true }]);
    expect(await openPortnetAlone(browser)).toMatchObject({
      purpose: 'registration',
      registry: { status: 'registered' },
      filings: [{ authority: 'portnet', status: 'draft', attached: false }],
    });
  });

  it('is opened once, whoever asks twice at once', async () => {
    const { browser } = await sentToCustoms();
    const answers = await Promise.all([0, 1, 2].map(() => ask(browser)));
    expect(answers.map(({ statusCode }) => statusCode).toSorted((one, other) => one - other)).toEqual([
      201, 409, 409,
    ]);
  });

  it('is refused when another account has filed the same operator at PortNet', async () => {
    const { browser, sent } = await sentToCustoms();
    const alone = await openPortnetAlone(browser);
    const [filing] = alone.filings;
    if (!filing) throw new Error('no filing');
    const other = await operatorBrowser(test);
    const draft = await openDraft(other, newIdentifiers());
    await submit(other, draft, await fillDraft(test, other, draft));
    await move(test, filing.id, {
      transition: 'submitted',
      actor: { kind: 'operator', accountId: browser.account.id },
      sections: { company: { ice: draft.identifiers.ice, legalName: 'Première' } },
    });
    expect(sent.identifiers.ice).not.toBe(draft.identifiers.ice);
    expect((await ask(other)).json()).toMatchObject({ status: 409, code: 'operator_already_registered' });
  });

  it('asks again for what customs refused or a threat was found in, and scans what is in quarantine', async () => {
    const { browser, sent } = await sentToCustoms();
    const { database } = test.deps;
    const [filing] = sent.filings;
    const versionOf = (name: string) =>
      sent.documents.find(({ document }) => document === name)?.current?.id ?? '';
    await database.insert(documentVerdicts).values({
      documentVersionId: versionOf('ice'),
      filingId: filing?.id ?? '',
      outcome: 'refused',
      at: new Date(),
    });
    const mark = (name: string, scan: 'infected' | 'quarantined') =>
      database
        .update(documentVersions)
        .set({ scan })
        .where(eq(documentVersions.id, versionOf(name)));
    await mark('tax_id', 'infected');
    await mark('identity', 'quarantined');
    const alone = await openPortnetAlone(browser);
    const given = alone.documents.flatMap(({ document, current }) => (current ? [document] : []));
    expect(given).not.toContain('ice');
    expect(given).not.toContain('tax_id');
    expect(given).toContain('identity');
    const copy = alone.documents.find(({ document }) => document === 'identity')?.current;
    expect(copy).toMatchObject({ scan: 'quarantined', version: 1, verdict: null });
    expect(await queuedJobs(test, 'scan-document', { documentVersionId: copy?.id })).toBe(1);
  });
});

describe('a file that two forms hold', () => {
  const giveIce = async (browser: OperatorBrowser, { id }: Subscription, bytes: Uint8Array) => {
    const answer = await upload(test.app, browser, { id, document: 'ice' }, bytes);
    expect(answer.statusCode).toBe(200);
    return answer.json<DocumentVersion>();
  };
  const readIce = ({ cookie }: OperatorBrowser, { id }: Subscription) =>
    test.app.inject({ url: `/api/v1/subscriptions/${id}/documents/ice`, headers: cookie });
  const keysOf = (id: string) =>
    test.deps.database
      .select({ storageKey: documentVersions.storageKey })
      .from(documentVersions)
      .where(and(eq(documentVersions.subscriptionId, id), eq(documentVersions.document, 'ice')));

  it('is stored once, and stays when either form gives it up', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    const version = await fillDraft(test, browser, draft);
    const bytes = makePdf({ garbage: '% held by two\n' });
    await giveIce(browser, draft, bytes);
    const sent = await submit(browser, draft, version);
    const alone = await openPortnetAlone(browser);
    const [mine] = (await keysOf(sent.id)).slice(-1);
    expect(await keysOf(alone.id)).toEqual([mine]);
    expect((await readIce(browser, alone)).rawPayload).toEqual(Buffer.from(bytes));

    // Another version of one is nothing to the other.
    await giveIce(browser, alone, makePdf({ garbage: '% of PortNet alone\n' }));
    expect((await readIce(browser, sent)).rawPayload).toEqual(Buffer.from(bytes));
    const own = (await keysOf(alone.id)).find(({ storageKey }) => storageKey !== mine?.storageKey);

    expect((await browser.call('DELETE', `/subscriptions/${alone.id}`)).statusCode).toBe(204);
    await cleanUp(test.deps);
    const kept = await readIce(browser, sent);
    expect(kept.statusCode).toBe(200);
    expect(kept.rawPayload).toEqual(Buffer.from(bytes));
    await expect(test.deps.storage.get(own?.storageKey ?? '')).rejects.toThrow(/./);
    const noted = await test.deps.database
      .select()
      .from(strayFiles)
      .where(eq(strayFiles.storageKey, own?.storageKey ?? ''));
    expect(noted).toEqual([]);
    // PortNet alone can be asked for again, with the same file.
    const again = await openPortnetAlone(browser);
    expect((await readIce(browser, again)).rawPayload).toEqual(Buffer.from(bytes));
  });
});
