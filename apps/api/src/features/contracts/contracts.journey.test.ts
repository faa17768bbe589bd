import {
  type ContractView,
  type Dossier,
  documentsOf,
  type Problem,
  type Subscription,
} from '@rnoce/schemas';
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { type App, buildApp } from '../../app.ts';
import { documentAccesses, strayFiles } from '../../db/schema/documents.ts';
import { filings } from '../../db/schema/filings.ts';
import type { Deps } from '../../deps.ts';
import { makeScan } from '../../integrations/inspection/pdf-samples.ts';
import { StorageUnavailable } from '../../integrations/storage/storage-errors.ts';
import { WorkersBusy, WorkersUnavailable } from '../../integrations/worker-pool/worker-pool.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import {
  completeDraft,
  contractPath,
  giveSigned,
  issue,
  issuedDraft,
  signBySandbox,
} from '../../testing/contracts.ts';
import { signedInAgent } from '../../testing/factories.ts';
import { giveDocument } from '../../testing/filings.ts';
import { contact } from '../../testing/forms.ts';
import { queuedJobs, saveSection } from '../../testing/subscriptions.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

/** Another process of the same installation, with something of it replaced. */
async function withDeps<T>(replaced: Partial<Deps>, use: (app: App) => Promise<T>): Promise<T> {
  const app = await buildApp({ ...test.deps, ...replaced });
  try {
    return await use(app);
  } finally {
    await app.close();
  }
}

describe("the sandbox's signers", () => {
  it.each([
    ['trusted', 'valid', []],
    ['unknown_authority', 'valid_untrusted', ['chain_unknown']],
    ['expired', 'valid_untrusted', ['expired_certificate']],
  ])('%s: %s', async (way, outcome, reasons) => {
    const { browser, draft, pdf } = await issuedDraft(test);
    const answer = await giveSigned(test.app, browser, draft, await signBySandbox(test, way, pdf));
    expect(answer.statusCode).toBe(200);
    expect(answer.json<ContractView>().signed?.findings).toMatchObject({
      outcome,
      reasons,
      signer: { commonName: 'Samira El Idrissi (bac à sable)' },
    });
  });

  it.each([
    ['altered', 'digest_mismatch'],
    ['appended', 'bytes_after_signature'],
    ['shadow', 'shadow_revision'],
    ['two_signers', 'several_signers'],
  ])('%s: refused for %s', async (way, reason) => {
    const { browser, draft, pdf } = await issuedDraft(test);
    const answer = await giveSigned(test.app, browser, draft, await signBySandbox(test, way, pdf));
    expect(answer.statusCode).toBe(422);
    expect(answer.json<Problem>()).toMatchObject({
      code: 'contract_refused',
      params: { outcome: 'altered', reason },
    });
  });
});

describe("PortNet's agent", () => {
  async function sentFile() {
    const drafted = await issuedDraft(test);
    const { browser, draft, pdf, version } = drafted;
    await giveSigned(test.app, browser, draft, await signBySandbox(test, 'unknown_authority', pdf));
    const { database } = test.deps;
    const { operatorType, authorities } = draft;
    for (const document of documentsOf({ operatorType, authorities, entityType: 'legal_person' }))
      if (document !== 'logo' && document !== 'contract')
        await giveDocument({ database, subscriptionId: draft.id, document });
    const sent = await browser.call('POST', `/subscriptions/${draft.id}/submission`, {
      version,
      body: { acceptTerms: true },
    });
    expect(sent.statusCode).toBe(200);
    const [filing] = await database
      .select()
      .from(filings)
      .where(and(eq(filings.subscriptionId, draft.id), eq(filings.authority, 'portnet')));
    return { ...drafted, filingId: filing?.id ?? '' };
  }
  const agentOf = async (authority: 'portnet' | 'customs') => {
    const { headers } = await signedInAgent(test, { authority, role: 'decider' });
    return (path: string) => test.app.inject({ url: `/api/v1/filings/${path}`, headers });
  };

  it('reads the contract as it was issued, beside what came back; the reading is kept', async () => {
    const { filingId, pdf, contract } = await sentFile();
    const read = await agentOf('portnet');
    const answer = await read(`${filingId}/contract`);
    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload.equals(pdf)).toBe(true);
    expect(answer.headers['content-disposition']).toContain('inline');
    const accesses = await test.deps.database
      .select()
      .from(documentAccesses)
      .where(eq(documentAccesses.filingId, filingId));
    expect(accesses).toHaveLength(1);
    const dossier = (await read(filingId)).json<Dossier>();
    expect(dossier.contract).toMatchObject({
      number: contract.number,
      version: 1,
      state: 'in_force',
      signed: {
        way: 'electronic',
        current: true,
        findings: { outcome: 'valid_untrusted', reasons: ['chain_unknown'] },
      },
    });
  });

  it('is the only one: customs finds none', async () => {
    const { draft } = await sentFile();
    const [customs] = await test.deps.database
      .select()
      .from(filings)
      .where(and(eq(filings.subscriptionId, draft.id), eq(filings.authority, 'customs')));
    const read = await agentOf('customs');
    expect((await read(`${customs?.id ?? ''}/contract`)).statusCode).toBe(404);
    expect((await read(customs?.id ?? '')).json<Dossier>().contract).toBeNull();
  });

  it('and nobody makes another contract while it is being judged', async () => {
    const { browser, draft, pdf } = await sentFile();
    for (const answer of [
      await browser.call('POST', contractPath(draft)),
      await giveSigned(test.app, browser, draft, await signBySandbox(test, 'trusted', pdf)),
    ])
      expect([answer.statusCode, answer.json<Problem>().code]).toEqual([409, 'subscription_not_editable']);
  });
});

describe('outside services away', () => {
  const away = () => Promise.reject(new StorageUnavailable('put'));
  const brokenStorage = (): Deps['storage'] => {
    const { storage } = test.deps;
    return {
      put: away,
      get: away,
      delete: away,
      exists: away,
      healthy: () => storage.healthy(),
      close: () => {},
    };
  };

  it('storage: no contract is made, and it is said', async () => {
    const { browser, draft } = await completeDraft(test);
    await withDeps({ storage: brokenStorage() }, async (app) => {
      const answer = await browser.callOn(app, 'POST', contractPath(draft));
      expect(answer.json()).toMatchObject({ status: 503, code: 'storage_unavailable' });
    });
    expect((await browser.call('GET', contractPath(draft))).statusCode).toBe(404);
    expect(await test.deps.database.select().from(strayFiles)).toHaveLength(1);
    await test.deps.database.delete(strayFiles);
    expect((await issue(browser, draft)).version).toBe(1);
  });

  it('storage: a contract is neither read nor taken back, and what stands stands', async () => {
    const { browser, draft, pdf } = await issuedDraft(test);
    const signed = await signBySandbox(test, 'trusted', pdf);
    await withDeps({ storage: brokenStorage() }, async (app) => {
      for (const answer of [
        await browser.callOn(app, 'GET', contractPath(draft)),
        await giveSigned(app, browser, draft, signed),
      ])
        expect(answer.json()).toMatchObject({ status: 503, code: 'storage_unavailable' });
    });
    const shown = (await browser.call('GET', `/subscriptions/${draft.id}`)).json<Subscription>();
    expect(shown.contract?.signed).toBeNull();
  });

  it.each([
    ['busy', new WorkersBusy(7), '7'],
    ['broken', new WorkersUnavailable('no thread'), '30'],
  ])('the check of signatures %s: come again, which says nothing of the file', async (_, error, seconds) => {
    const { browser, draft, pdf } = await issuedDraft(test);
    const signatures = { ...test.deps.signatures, checkSignedContract: () => Promise.reject(error) };
    await withDeps({ signatures }, async (app) => {
      const answer = await giveSigned(app, browser, draft, pdf);
      expect(answer.json()).toMatchObject({ status: 503, code: 'inspection_busy' });
      expect(answer.headers['retry-after']).toBe(seconds);
    });
  });

  it('the typesetter busy: come again', async () => {
    const { browser, draft } = await completeDraft(test);
    const typesetter = { ...test.deps.typesetter, typeset: () => Promise.reject(new WorkersBusy(3)) };
    await withDeps({ typesetter }, async (app) => {
      const answer = await browser.callOn(app, 'POST', contractPath(draft));
      expect(answer.json()).toMatchObject({ status: 503, code: 'overloaded' });
      expect(answer.headers['retry-after']).toBe('3');
    });
  });

  it('the antivirus: a signed contract waits in quarantine, its check done; an infected scan is refused', async () => {
    const { browser, draft, pdf } = await issuedDraft(test);
    const signed = await signBySandbox(test, 'trusted', pdf);
    const scanning = (scan: Deps['antivirus']['scan']) => ({ antivirus: { ...test.deps.antivirus, scan } });
    await withDeps(
      scanning(() => Promise.resolve({ status: 'unavailable', reason: 'connection' })),
      async (app) => {
        const view = (await giveSigned(app, browser, draft, signed)).json<ContractView>();
        expect(view.signed).toMatchObject({ file: { scan: 'quarantined' }, findings: { outcome: 'valid' } });
        const documentVersionId = view.signed?.file.id ?? '';
        expect(await queuedJobs(test, 'scan-document', { documentVersionId })).toBe(1);
      },
    );
    await withDeps(
      scanning(() => Promise.resolve({ status: 'infected', signature: 'Eicar' })),
      async (app) => {
        const answer = await giveSigned(app, browser, draft, makeScan(1, 2000), 'handwritten');
        expect(answer.json()).toMatchObject({ code: 'file_refused', params: { rule: 'infected' } });
      },
    );
  });
});

it('a form that is saved while its contract is made has the contract of what was saved', async () => {
  const { browser, draft, version } = await completeDraft(test);
  let saves = 0;
  const typesetter: Deps['typesetter'] = {
    ...test.deps.typesetter,
    typeset: async (...given) => {
      saves += 1;
      if (saves === 1)
        await saveSection(browser, draft, 'contacts', version, [
          { ...contact, key: 'contact-1', lastName: 'Tazi' },
        ]);
      return await test.deps.typesetter.typeset(...given);
    },
  };
  await withDeps({ typesetter }, async (app) => {
    const answer = await browser.callOn(app, 'POST', contractPath(draft));
    expect(answer.json()).toMatchObject({ version: 1, state: 'in_force' });
  });
  expect(saves).toBe(2);
  await test.deps.database.delete(strayFiles);
});
