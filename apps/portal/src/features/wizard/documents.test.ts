import type { DocumentVersion } from '@rnoce/schemas/documents';
import type { Subscription } from '@rnoce/schemas/subscriptions';
import { describe, expect, test } from 'vitest';
import { unchangedOf } from '../../form-sections/refusals.ts';
import { stepOfElement } from '../../subscription-summary/reasons.ts';
import { fileRefusal } from '../../uploads/file-check.ts';
import { createUploadStore, parallelUploads } from '../../uploads/upload-store.ts';
import { contractRow, documentRows, givenDocuments } from './document-rows.ts';
import { refusalsOf } from './reasons.ts';

const context = {
  operatorType: 'importer',
  authorities: ['customs'],
  today: '2026-11-21',
  has: () => true,
  ribCodes: () => [],
} as const;

const version = (
  document: DocumentVersion['document'],
  change: Partial<DocumentVersion> = {},
): Subscription['documents'][number] => ({
  document,
  required: true,
  belongs: true,
  current: {
    id: crypto.randomUUID() as DocumentVersion['id'],
    document,
    version: 1,
    fileName: 'a.pdf',
    mediaType: 'application/pdf',
    sizeBytes: 1,
    sha256: '',
    pages: 1,
    scan: 'clean',
    uploadedAt: '2026-11-21T10:00:00Z',
    verdict: null,
    ...change,
  },
});

const progress = { steps: [], issues: [], warnings: [] };

describe('rows', () => {
  test('a document of another entity type stays in view to be taken out', () => {
    const rows = documentRows(context, 'natural_person', [version('articles')], []);
    expect(rows[0]).toMatchObject({ document: 'articles', belongs: false, required: false });
    expect(documentRows(context, 'natural_person', [], []).map(({ document }) => document)).not.toContain(
      'articles',
    );
  });

  test('what an agent refused, or the antivirus, comes first and must be given again', () => {
    const documents = [version('ice', { verdict: 'refused' }), version('tax_id', { scan: 'infected' })];
    const rows = documentRows(context, 'legal_person', documents, []);
    expect(rows.slice(0, 2).map(({ document, mustReplace }) => [document, mustReplace])).toEqual([
      ['ice', true],
      ['tax_id', true],
    ]);
    expect(givenDocuments({ documents, progress }).every(({ mustReplace }) => mustReplace)).toBe(true);
  });
});

test('the signed contract is no document of the step « Documents »; of older data, the server says so', () => {
  const documents = [version('contract')];
  const joint = { ...context, authorities: ['customs', 'portnet'] } as const;
  expect(documentRows(joint, 'legal_person', documents, []).map(({ document }) => document)).not.toContain(
    'contract',
  );
  expect(contractRow(documents, [])).toMatchObject({ document: 'contract', required: true, belongs: true });
  expect(givenDocuments({ documents, progress })).toMatchObject([{ document: 'contract', outdated: false }]);
  const issues = [{ pointer: '/documents/contract', code: 'contract_outdated' as const }];
  expect(givenDocuments({ documents, progress: { ...progress, issues } })).toMatchObject([
    { outdated: true },
  ]);
});

test('refusals follow the order of the form, those of other statuses are over', () => {
  const refusals = refusalsOf([
    {
      authority: 'customs',
      status: 'incomplete',
      reasons: [
        { cause: 'other', text: 'tout', changed: false },
        { about: { document: 'ice' }, cause: 'illegible', text: '', changed: true },
        { about: { field: 'managers.1.idNumber' }, cause: 'mismatch', text: '', changed: false },
        { about: { document: 'contract' }, cause: 'other', text: 'non signé', changed: false },
        { about: { field: 'singleWindowUsers.0' }, cause: 'expired', text: '', changed: true },
        { about: { field: 'company.legalName' }, cause: 'mismatch', text: '', changed: false },
      ],
    },
    {
      authority: 'portnet',
      status: 'in_review',
      reasons: [{ cause: 'other', text: 'ancien', changed: false }],
    },
  ]);
  expect(refusals.map(({ element }) => element)).toEqual([
    'company.legalName',
    'managers.1.idNumber',
    'documents.ice',
    'singleWindowUsers.0',
    'documents.contract',
    undefined,
  ]);
  expect(refusals.map(({ element }) => stepOfElement(element))).toEqual([
    'company',
    'managers',
    'documents',
    'singleWindowUsers',
    'contract',
    'review',
  ]);
  expect(unchangedOf(refusals).map(({ element }) => element)).toEqual([
    'company.legalName',
    'managers.1.idNumber',
    'documents.contract',
    undefined,
  ]);
});

describe('the first look at a file', () => {
  const pdf = ['application/pdf'];
  const images = ['image/png', 'image/jpeg', 'image/webp'];
  test.each([
    [new Blob([]), pdf, 'empty'],
    [new Blob(['%PDF-1.7 …']), pdf, undefined],
    [new Blob(['\ufeff some bytes %PDF-1.4']), pdf, undefined],
    [new Blob(['PK a Word document'], { type: 'application/pdf' }), pdf, 'not_pdf'],
    [new Blob([Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)]), images, undefined],
    [new Blob([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)]), images, undefined],
    [new Blob(['RIFF\u0001\u0002\u0003\u0004WEBPVP8 ']), images, undefined],
    [new Blob(['RIFF\u0001\u0002\u0003\u0004WAVE']), images, 'not_image'],
    [new Blob(['%PDF-1.7']), images, 'not_image'],
  ])('%# judges by the bytes', async (file, types, expected) => {
    expect(await fileRefusal(file, types)).toBe(expected);
  });
});

describe('uploads', () => {
  const file = new File(['%PDF-'], 'a.pdf');

  test('a few go at a time, the others wait their turn', async () => {
    const started: string[] = [];
    const ends: (() => void)[] = [];
    const store = createUploadStore(async (document) => {
      started.push(document);
      const { promise, resolve } = Promise.withResolvers<void>();
      ends.push(resolve);
      await promise;
    });
    const all = Promise.all((['ice', 'tax_id', 'articles'] as const).map((one) => store.send(one, file)));
    await Promise.resolve();
    expect(started).toHaveLength(parallelUploads);
    expect(store.snapshot().articles?.kind).toBe('waiting');
    ends.shift()?.();
    await expect.poll(() => started).toHaveLength(3);
    for (const end of ends) end();
    await all;
    expect(store.snapshot()).toEqual({});
  });

  test('progress is shown, and the judgement that follows the last byte', async () => {
    let tell: (part: number) => void = () => {};
    const { promise, resolve } = Promise.withResolvers<void>();
    const store = createUploadStore(async (_, __, { onProgress }) => {
      tell = onProgress;
      await promise;
    });
    const sent = store.send('ice', file);
    await Promise.resolve();
    tell(0.5);
    expect(store.snapshot().ice).toMatchObject({ kind: 'sending', part: 0.5 });
    tell(1);
    expect(store.snapshot().ice?.kind).toBe('checking');
    resolve();
    await sent;
  });

  test('a failure stays to be told, and a cancelled one is over', async () => {
    const error = new Error('refused');
    const failing = createUploadStore(() => Promise.reject(error));
    await failing.send('ice', file);
    expect(failing.snapshot().ice).toMatchObject({ kind: 'failed', error, file });
    failing.dismiss('ice');
    expect(failing.snapshot()).toEqual({});

    const store = createUploadStore(
      (_, __, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    );
    const sent = store.send('ice', file);
    await Promise.resolve();
    store.cancel('ice');
    await sent;
    expect(store.snapshot()).toEqual({});
  });
});
