import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { DocumentVersion, Subscription } from '@rnoce/schemas';
import { beforeAll, describe, expect, it } from 'vitest';
import { type App, buildApp } from '../../app.ts';
import { strayFiles } from '../../db/schema/documents.ts';
import type { Deps } from '../../deps.ts';
import type { ScanResult } from '../../integrations/antivirus/antivirus.ts';
import { makePdf } from '../../integrations/inspection/pdf-samples.ts';
import { StorageUnavailable } from '../../integrations/storage/storage-errors.ts';
import { WorkersBusy } from '../../integrations/worker-pool/worker-pool.ts';
import { cleanUp } from '../../jobs/clean-up.ts';
import { scanDocument } from '../../jobs/scan-document.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { documentCalls } from '../../testing/document-calls.ts';
import { queuedJobs } from '../../testing/subscriptions.ts';
import { upload as uploadOn } from '../../testing/uploads.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

const { upload, path, versionsOf, drafted } = documentCalls(() => test);

/** Another process of the same installation, with something of it replaced. */
async function withDeps<T>(replaced: Partial<Deps>, use: (app: App) => Promise<T>): Promise<T> {
  const app = await buildApp({ ...test.deps, ...replaced });
  try {
    return await use(app);
  } finally {
    await app.close();
  }
}

describe('outside services away', () => {
  const down = () => Promise.reject(new StorageUnavailable('put'));

  it('storage: what it still sends after its time is not written over by another upload', async () => {
    const { browser, draft } = await drafted();
    const first = makePdf({ garbage: '%1\n' });
    let late: Uint8Array = new Uint8Array();
    const put: Deps['storage']['put'] = (_key, body) => {
      if (body instanceof Uint8Array) late = body;
      return down();
    };
    await withDeps({ storage: { ...bound(test.deps.storage), put } }, async (app) => {
      const answer = await uploadOn(app, browser, { id: draft.id, document: 'ice' }, first);
      expect(answer.statusCode).toBe(503);
    });
    expect((await upload(browser, draft, 'ice', makePdf({ garbage: '%2\n' }))).statusCode).toBe(200);
    expect(first.equals(late)).toBe(true);
    await test.deps.database.delete(strayFiles);
  });

  it('storage: said, nothing half done, the earlier file in place, the attempt swept', async () => {
    const { browser, draft } = await drafted();
    const kept = (await upload(browser, draft, 'ice', makePdf())).json<DocumentVersion>();
    const storage = { ...bound(test.deps.storage), put: down, get: down };
    await withDeps({ storage }, async (app) => {
      const answer = await uploadOn(
        app,
        browser,
        { id: draft.id, document: 'ice' },
        makePdf({ garbage: '%2\n' }),
      );
      expect(answer.json()).toMatchObject({ status: 503, code: 'storage_unavailable' });
      expect(answer.headers['retry-after']).toBe('10');
      const read = await browser.callOn(app, 'GET', path(draft, 'ice'));
      expect(read.json()).toMatchObject({ status: 503, code: 'storage_unavailable' });
    });
    const now = (await browser.call('GET', `/subscriptions/${draft.id}`)).json<Subscription>();
    expect(now.documents.find(({ document }) => document === 'ice')?.current).toEqual(kept);
    expect(await test.deps.database.select().from(strayFiles)).toHaveLength(1);
    await test.deps.database.update(strayFiles).set({ removeAfter: new Date(0) });
    await cleanUp(test.deps);
    expect(await test.deps.database.select().from(strayFiles)).toEqual([]);
  });

  it('a process killed between the file and its row leaves a file that the clean-up finds', async () => {
    const { browser, draft } = await drafted();
    const stored: string[] = [];
    const storage = {
      ...bound(test.deps.storage),
      put: async (...given: Parameters<Deps['storage']['put']>) => {
        await test.deps.storage.put(...given);
        stored.push(given[0]);
        throw new Error('killed here');
      },
    };
    await withDeps({ storage }, async (app) => {
      const answer = await uploadOn(app, browser, { id: draft.id, document: 'ice' }, makePdf());
      expect(answer.statusCode).toBe(500);
    });
    const [key = ''] = stored;
    expect(await test.deps.storage.exists(key)).toBe(true);
    await cleanUp(test.deps);
    expect(await test.deps.storage.exists(key)).toBe(true);
    await test.deps.database.update(strayFiles).set({ removeAfter: new Date(0) });
    await cleanUp(test.deps);
    expect(await test.deps.storage.exists(key)).toBe(false);
  });

  it('inspection full: asks to come again', async () => {
    const { browser, draft } = await drafted();
    const inspector = {
      ...test.deps.inspector,
      inspectPdf: () => Promise.reject(new WorkersBusy(5)),
    };
    await withDeps({ inspector }, async (app) => {
      const answer = await uploadOn(app, browser, { id: draft.id, document: 'ice' }, makePdf());
      expect(answer.json()).toMatchObject({ status: 503, code: 'inspection_busy' });
      expect(answer.headers['retry-after']).toBe('5');
    });
  });
});

describe('the antivirus', () => {
  const answering = (result: ScanResult): Deps['antivirus'] => ({
    enabled: true,
    scan: () => Promise.resolve(result),
    healthy: () => Promise.resolve(true),
  });
  const uploadWith = async (result: ScanResult) => {
    const { browser, draft } = await drafted();
    const answer = await withDeps({ antivirus: answering(result) }, (app) =>
      uploadOn(app, browser, { id: draft.id, document: 'ice' }, makePdf()),
    );
    return { browser, draft, answer };
  };

  it('clears a clean file', async () => {
    const { answer, browser, draft } = await uploadWith({ status: 'clean' });
    expect(answer.json()).toMatchObject({ scan: 'clean' });
    expect((await browser.call('GET', path(draft, 'ice'))).statusCode).toBe(200);
  });

  it('refuses an infected one, and stores nothing', async () => {
    const { answer, draft } = await uploadWith({ status: 'infected', signature: 'Eicar' });
    expect(answer.json()).toMatchObject({ status: 415, code: 'file_refused', params: { rule: 'infected' } });
    expect(await versionsOf(draft)).toEqual([]);
    expect(await test.deps.database.select().from(strayFiles)).toEqual([]);
  });

  const away: ScanResult = { status: 'unavailable', reason: 'connection' };

  it('away: the file waits in quarantine, counts as given, and nobody reads it before it is cleared', async () => {
    const { answer, browser, draft } = await uploadWith(away);
    const version = answer.json<DocumentVersion>();
    expect(version.scan).toBe('quarantined');
    expect(await queuedJobs(test, 'scan-document', { documentVersionId: version.id })).toBe(1);
    expect((await browser.call('GET', path(draft, 'ice'))).json()).toMatchObject({
      status: 409,
      code: 'document_quarantined',
    });
    const job = { documentVersionId: version.id };
    await expect(scanDocument({ ...test.deps, antivirus: answering(away) }, job)).rejects.toThrow(
      'unavailable',
    );
    const read: Buffer[] = [];
    const clean: Deps['antivirus'] = {
      ...answering({ status: 'clean' }),
      scan: async (source) => {
        for await (const chunk of source instanceof Uint8Array ? Readable.from([source]) : source)
          read.push(Buffer.from(chunk as Uint8Array));
        return { status: 'clean' };
      },
    };
    await scanDocument({ ...test.deps, antivirus: clean }, job);
    expect(Buffer.concat(read).equals(makePdf())).toBe(true);
    expect((await browser.call('GET', path(draft, 'ice'))).statusCode).toBe(200);
  });

  it('finding a threat later: the form asks for another file', async () => {
    const { answer, browser, draft } = await uploadWith(away);
    const { id } = answer.json<DocumentVersion>();
    const threat = answering({ status: 'infected', signature: 'Eicar' });
    await scanDocument({ ...test.deps, antivirus: threat }, { documentVersionId: id });
    expect((await browser.call('GET', path(draft, 'ice'))).json()).toMatchObject({
      code: 'document_quarantined',
    });
    const now = (await browser.call('GET', `/subscriptions/${draft.id}`)).json<Subscription>();
    expect(now.progress.issues).toContainEqual({ pointer: '/documents/ice', code: 'not_replaced' });
    await scanDocument({ ...test.deps, antivirus: threat }, { documentVersionId: randomUUID() });
  });

  it('switched off while a file waits: the file is told as not scanned', async () => {
    const { answer, draft } = await uploadWith(away);
    await scanDocument(test.deps, { documentVersionId: answer.json<DocumentVersion>().id });
    expect((await versionsOf(draft))[0]?.scan).toBe('not_scanned');
  });
});

describe('a deleted draft', () => {
  it('leaves no file behind', async () => {
    const { browser, draft } = await drafted();
    await upload(browser, draft, 'ice', makePdf());
    await upload(browser, draft, 'ice', makePdf({ garbage: '%2\n' }));
    const keys = (await versionsOf(draft)).map(({ storageKey }) => storageKey);
    await browser.call('DELETE', `/subscriptions/${draft.id}`);
    await cleanUp(test.deps);
    expect(await Promise.all(keys.map((key) => test.deps.storage.exists(key)))).toEqual([false, false]);
    expect(await queuedJobs(test, 'clean-up', {})).toBeGreaterThan(0);
  });
});

/** The storage with its methods free of the object they belong to. */
function bound(storage: Deps['storage']): Deps['storage'] {
  return {
    put: (...given) => storage.put(...given),
    get: (key) => storage.get(key),
    delete: (key) => storage.delete(key),
    exists: (key) => storage.exists(key),
    healthy: () => storage.healthy(),
    close: () => {},
  };
}
