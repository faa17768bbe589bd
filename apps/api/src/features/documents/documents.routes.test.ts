import { createHash } from 'node:crypto';
import {
  type DocumentName,
  type DocumentVersion,
  deleteDocument,
  getDocument,
  putDocument,
  restoreDocument,
  type Subscription,
} from '@rnoce/schemas';
import { beforeAll, describe, expect, it } from 'vitest';
import { documentVerdicts, strayFiles } from '../../db/schema/documents.ts';
import { makePdf, makeScan } from '../../integrations/inspection/pdf-samples.ts';
import { testAccess } from '../../testing/access.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { documentCalls } from '../../testing/document-calls.ts';
import { anySystem, move } from '../../testing/filings.ts';
import { fillDraft, newIdentifiers, openDraft, operatorBrowser } from '../../testing/subscriptions.ts';

let test: TestApp;
const owned = { id: '', document: 'identity' };
beforeAll(async () => {
  test = await testApp();
  owned.id = (await openDraft(await operatorBrowser(test))).id;
});

const toOwner = { params: owned, anonymous: 401, agent: 401, operator: 404 };
testAccess(
  () => test,
  [
    { route: putDocument, ...toOwner },
    { route: getDocument, ...toOwner },
    { route: deleteDocument, ...toOwner },
    { route: restoreDocument, ...toOwner },
  ],
);

const { upload, path, versionsOf, drafted } = documentCalls(() => test);

const MiB = 1024 * 1024;
/** A good PDF of exactly so many bytes. */
function pdfOf(size: number): Buffer {
  const pages = 1;
  const bare = makeScan(pages, 1000);
  const first = makeScan(pages, 1000 + size - bare.length);
  return makeScan(pages, 1000 + 2 * size - bare.length - first.length);
}

describe('an upload', () => {
  it('is kept as it came, with who, when and its hash', async () => {
    const { browser, draft } = await drafted();
    const bytes = makePdf();
    const answer = await upload(browser, draft, 'identity', bytes, { name: 'CIN de Mme Ez-Zahra é.pdf' });
    expect(answer.statusCode).toBe(200);
    const version = answer.json<DocumentVersion>();
    expect(version).toMatchObject({
      document: 'identity',
      version: 1,
      fileName: 'CIN de Mme Ez-Zahra é.pdf',
      mediaType: 'application/pdf',
      sizeBytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      pages: 1,
      scan: 'not_scanned',
      verdict: null,
    });
    const now = (await browser.call('GET', `/subscriptions/${draft.id}`)).json<Subscription>();
    expect(now.documents[0]?.current).toEqual(version);
    expect(now.version).toBe(draft.version);
    expect(now.progress.issues.map(({ pointer }) => pointer)).not.toContain('/documents/identity');
    expect(await test.deps.database.select().from(strayFiles)).toEqual([]);
  });

  it('replaces the one before, which is kept', async () => {
    const { browser, draft } = await drafted();
    await upload(browser, draft, 'ice', makePdf());
    const second = await upload(browser, draft, 'ice', makePdf({ garbage: '% another\n' }));
    expect(second.json<DocumentVersion>().version).toBe(2);
    const versions = await versionsOf(draft);
    expect(versions.map(({ version, current }) => [version, current])).toEqual([
      [1, false],
      [2, true],
    ]);
  });

  it('made many times at once numbers its versions without a gap, and leaves one current', async () => {
    const { browser, draft } = await drafted();
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, index) =>
        upload(browser, draft, 'ice', makePdf({ garbage: `% ${String(index)}\n` })),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200]);
    const versions = await versionsOf(draft);
    expect(versions.map(({ version }) => version).toSorted((one, other) => one - other)).toEqual([
      1, 2, 3, 4, 5,
    ]);
    expect(versions.filter(({ current }) => current)).toHaveLength(1);
  });

  it('may weigh 3 MiB, and not a byte more', async () => {
    const { browser, draft } = await drafted();
    const whole = pdfOf(3 * MiB);
    expect(whole).toHaveLength(3 * MiB);
    expect((await upload(browser, draft, 'articles', whole)).statusCode).toBe(200);
    const answer = await upload(browser, draft, 'articles', pdfOf(3 * MiB + 1));
    expect(answer.json()).toMatchObject({
      status: 413,
      code: 'file_too_large',
      params: { maxBytes: 3 * MiB },
    });
    expect(await versionsOf(draft)).toHaveLength(1);
  });

  it.each([
    ['empty', Buffer.alloc(0)],
    ['not_pdf', Buffer.from('GIF89a, which is no PDF at all')],
    ['unreadable', makePdf().subarray(0, 200)],
    ['encrypted', makePdf({ trailer: '/Encrypt << /Filter /Standard >>' })],
    ['script', makePdf({ catalogue: '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>' })],
    ['launch_action', makePdf({ catalogue: '/OpenAction << /S /Launch /F (calc.exe) >>' })],
    ['embedded_file', makePdf({ catalogue: '/Names << /EmbeddedFiles << /Names [] >> >>' })],
  ])('that is %s is refused with its rule, and the earlier file stays', async (rule, bytes) => {
    const { browser, draft } = await drafted();
    const kept = (await upload(browser, draft, 'tax_id', makePdf())).json<DocumentVersion>();
    const answer = await upload(browser, draft, 'tax_id', bytes, { name: 'innocent.pdf' });
    expect(answer.json()).toMatchObject({ status: 415, code: 'file_refused', params: { rule } });
    const now = (await browser.call('GET', `/subscriptions/${draft.id}`)).json<Subscription>();
    expect(now.documents.find(({ document }) => document === 'tax_id')?.current).toEqual(kept);
  });

  it('of a logo is an image, whatever its name says', async () => {
    const { browser, draft } = await drafted();
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
      'base64',
    );
    const answer = await upload(browser, draft, 'logo', png, { name: 'logo.pdf', type: 'application/pdf' });
    expect(answer.json()).toMatchObject({ mediaType: 'image/png', fileName: 'logo.pdf.png', pages: null });
    const refused = await upload(browser, draft, 'logo', makePdf(), { name: 'logo.png', type: 'image/png' });
    expect(refused.json()).toMatchObject({ code: 'file_refused', params: { rule: 'not_image' } });
    const large = await upload(browser, draft, 'logo', Buffer.alloc(MiB + 1));
    expect(large.json()).toMatchObject({ code: 'file_too_large', params: { maxBytes: MiB } });
    expect((await upload(browser, draft, 'identity', png)).json()).toMatchObject({
      params: { rule: 'not_pdf' },
    });
  });

  it.each(['ministry_authorisation', 'exchange_office_authorisation'] as const)(
    'of %s is not for an importer',
    async (document) => {
      const { browser, draft } = await drafted();
      const answer = await upload(browser, draft, document, makePdf());
      expect(answer.json()).toMatchObject({ status: 422, code: 'document_forbidden' });
    },
  );

  it('of a RIB certificate is for importers alone, and what no form has is not there', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser, newIdentifiers('freight_forwarder'));
    expect((await upload(browser, draft, 'rib_certificate', makePdf())).json()).toMatchObject({
      code: 'document_forbidden',
    });
    expect((await upload(browser, draft, 'ministry_authorisation', makePdf())).statusCode).toBe(200);
    expect((await upload(browser, draft, 'photo' as DocumentName, makePdf())).statusCode).toBe(404);
  });

  it('is refused once the form was sent', async () => {
    const { browser, draft } = await drafted();
    const version = await fillDraft(test, browser, draft);
    await browser.call('POST', `/subscriptions/${draft.id}/submission`, {
      version,
      body: { acceptTerms: true },
    });
    for (const answer of [
      await upload(browser, draft, 'ice', makePdf()),
      await browser.call('DELETE', path(draft, 'ice')),
      await browser.call('PUT', `${path(draft, 'ice')}/restoration`),
    ])
      expect(answer.json()).toMatchObject({ status: 409, code: 'subscription_not_editable' });
  });
});

describe('a form that is no upload', () => {
  const send = async (contentType: string, payload: string | Buffer) => {
    const { browser, draft } = await drafted();
    const answer = await test.app.inject({
      method: 'PUT',
      url: `/api/v1${path(draft, 'identity')}`,
      headers: { ...browser.cookie, 'content-type': contentType },
      payload,
    });
    return answer.json<{ code: string }>();
  };
  const part = (name: string) =>
    `--x\r\ncontent-disposition: form-data; name="${name}"; filename="a.pdf"\r\ncontent-type: application/pdf\r\n\r\n`;

  it.each([
    ['JSON', 'application/json', '{"file":"x"}', 'unsupported_media_type'],
    ['bare bytes', 'application/pdf', '%PDF-1.4', 'unsupported_media_type'],
    ['no boundary', 'multipart/form-data', 'x', 'malformed'],
    ['no file', 'multipart/form-data; boundary=x', '--x--\r\n', 'validation'],
    ['another field', 'multipart/form-data; boundary=x', `${part('photo')}abc\r\n--x--\r\n`, 'validation'],
    ['cut off', 'multipart/form-data; boundary=x', `${part('file')}%PDF-1.4 and then noth`, 'malformed'],
    [
      'only fields',
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data; name="file"\r\n\r\ntext\r\n--x--\r\n',
      'validation',
    ],
    [
      'a forbidden name',
      'multipart/form-data; boundary=x',
      `${part('__proto__')}abc\r\n--x--\r\n`,
      'malformed',
    ],
  ])('%s is refused', async (_what, contentType, payload, code) => {
    expect(await send(contentType, payload)).toMatchObject({ code });
  });

  it('with two files keeps the first', async () => {
    const bytes = makePdf();
    const { browser, draft } = await drafted();
    const payload = Buffer.concat([
      Buffer.from(part('file')),
      bytes,
      Buffer.from(`\r\n${part('file')}second\r\n--x--\r\n`),
    ]);
    const answer = await test.app.inject({
      method: 'PUT',
      url: `/api/v1${path(draft, 'identity')}`,
      headers: { ...browser.cookie, 'content-type': 'multipart/form-data; boundary=x' },
      payload,
    });
    expect(answer.json()).toMatchObject({ sizeBytes: bytes.length });
  });
});

describe('reading a document', () => {
  it('streams the current version, safe to show and to download', async () => {
    const { browser, draft } = await drafted();
    await upload(browser, draft, 'articles', makePdf(), { name: 'ancien.pdf' });
    const bytes = makeScan(2, 100_000);
    await upload(browser, draft, 'articles', bytes, { name: 'القانون الأساسي "v2".pdf' });
    const answer = await browser.call('GET', path(draft, 'articles'));
    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload.equals(bytes)).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(bytes.length),
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
    expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none';.* sandbox$/);
    const name = encodeURIComponent('القانون الأساسي v2.pdf');
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="[ -~]+"; /);
    expect(answer.headers['content-disposition']).toContain(`filename*=UTF-8''${name}`);
    const inline = await browser.call('GET', `${path(draft, 'articles')}?disposition=inline`);
    expect(inline.headers['content-disposition']).toMatch(/^inline; /);
    expect((await browser.call('GET', `${path(draft, 'articles')}?disposition=evil`)).statusCode).toBe(422);
  });

  it('knows nothing of one that was not given', async () => {
    const { browser, draft } = await drafted();
    expect((await browser.call('GET', path(draft, 'ice'))).json()).toMatchObject({ code: 'not_found' });
  });
});

describe('taking a document out', () => {
  it('is undone by its restoration', async () => {
    const { browser, draft } = await drafted();
    const given = (await upload(browser, draft, 'ice', makePdf())).json<DocumentVersion>();
    expect((await browser.call('DELETE', path(draft, 'ice'))).statusCode).toBe(204);
    expect((await browser.call('GET', path(draft, 'ice'))).statusCode).toBe(404);
    expect((await browser.call('DELETE', path(draft, 'ice'))).statusCode).toBe(404);
    const restored = await browser.call('PUT', `${path(draft, 'ice')}/restoration`);
    expect(restored.json()).toEqual(given);
    expect((await browser.call('GET', path(draft, 'ice'))).statusCode).toBe(200);
    expect((await browser.call('PUT', `${path(draft, 'ice')}/restoration`)).json()).toEqual(given);
  });

  it('brings back nothing that was replaced, or never given', async () => {
    const { browser, draft } = await drafted();
    await upload(browser, draft, 'ice', makePdf());
    const second = (
      await upload(browser, draft, 'ice', makePdf({ garbage: '% 2\n' }))
    ).json<DocumentVersion>();
    await browser.call('DELETE', path(draft, 'ice'));
    expect((await browser.call('PUT', `${path(draft, 'ice')}/restoration`)).json()).toEqual(second);
    expect((await browser.call('PUT', `${path(draft, 'tax_id')}/restoration`)).statusCode).toBe(404);
  });

  it('leaves a refused version refused', async () => {
    const { browser, draft } = await drafted();
    await fillDraft(test, browser, draft);
    await upload(browser, draft, 'ice', makePdf());
    const { version } = (await browser.call('GET', `/subscriptions/${draft.id}`)).json<Subscription>();
    const sent = (
      await browser.call('POST', `/subscriptions/${draft.id}/submission`, {
        version,
        body: { acceptTerms: true },
      })
    ).json<Subscription>();
    const filing = sent.filings[0]?.id;
    if (!filing) throw new Error('no filing');
    await move(test, filing, {
      transition: 'returned',
      actor: await anySystem(test),
      reasons: [{ about: { document: 'ice' }, cause: 'expired', text: '' }],
    });
    const current = (await versionsOf(draft)).find((one) => one.document === 'ice' && one.current);
    await test.deps.database.insert(documentVerdicts).values({
      documentVersionId: current?.id ?? '',
      filingId: filing,
      outcome: 'refused',
      at: new Date(),
    });
    await browser.call('POST', `/subscriptions/${draft.id}/rectification`);
    await browser.call('DELETE', path(draft, 'ice'));
    const restored = await browser.call('PUT', `${path(draft, 'ice')}/restoration`);
    expect(restored.json()).toMatchObject({ id: current?.id, verdict: 'refused' });
  });
});
