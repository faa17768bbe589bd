import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { WorkerPool, WorkersBusy, WorkersUnavailable } from '../worker-pool/worker-pool.ts';
import { createInspector, type Inspector, type InspectorOptions } from './inspector.ts';
import * as attack from './pdf-attacks.ts';
import { latin, makeModernPdf, makePdf, makeScan, streamBody } from './pdf-samples.ts';
import { PDF_MAX_BYTES, type PdfRule } from './pdf-verdict.ts';

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

function inspector(options?: InspectorOptions): Inspector {
  const made = createInspector(options);
  closing.push(() => made.close());
  return made;
}

/** Long enough for any sound file on a busy machine, short enough for a test of hostile ones. */
const IMPATIENT = 1000;

describe('the inspector', () => {
  test('judges bytes, which stay the caller’s', async () => {
    const bytes = makeScan(2, 200_000);
    const before = Buffer.from(bytes);
    expect(await inspector().inspectPdf(bytes)).toMatchObject({ ok: true, pages: 2 });
    expect(bytes.equals(before)).toBe(true);
  });

  test('judges bytes in the middle of a buffer', async () => {
    const bytes = makePdf();
    const around = Buffer.concat([latin('before'), bytes, latin('after')]);
    const verdict = await inspector().inspectPdf(around.subarray(6, 6 + bytes.length));
    expect(verdict).toMatchObject({ ok: true, pages: 1 });
  });

  test('judges bytes in shared memory where they are', async () => {
    const judge = inspector();
    for (const bytes of [makeScan(2, 200_000), makeModernPdf()]) {
      const around = Buffer.from(new SharedArrayBuffer(bytes.length + 20));
      const held = around.subarray(10, 10 + bytes.length);
      bytes.copy(held);
      expect(await judge.inspectPdf(held)).toEqual(await judge.inspectPdf(bytes));
      expect(held.equals(bytes)).toBe(true);
    }
  });

  test('judges a file by its path', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'inspection-'));
    closing.push(() => rm(folder, { recursive: true }));
    const judge = inspector();
    const judged = async (bytes: Buffer) => {
      await writeFile(join(folder, 'upload'), bytes);
      return judge.inspectPdf(join(folder, 'upload'));
    };
    expect(await judged(makeModernPdf())).toMatchObject({ ok: true, pages: 1 });
    expect(await judged(Buffer.alloc(0))).toEqual({ ok: false, rule: 'empty' });
    expect(await judged(Buffer.alloc(PDF_MAX_BYTES + 1))).toEqual({ ok: false, rule: 'too_large' });
    expect(await judged(latin('no'))).toEqual({ ok: false, rule: 'not_pdf' });
    await expect(judge.inspectPdf(join(folder, 'missing'))).rejects.toThrow(WorkersUnavailable);
  });

  test('starts no thread for what the first bytes tell', async () => {
    const judge = inspector({ workers: 1, queueLimit: 0 });
    expect(await judge.inspectPdf(new Uint8Array())).toEqual({ ok: false, rule: 'empty' });
    expect(await judge.inspectPdf(latin('<html>'))).toEqual({ ok: false, rule: 'not_pdf' });
  });

  test.each<readonly [string, () => Buffer, PdfRule]>([
    [
      '1.5 MB of pixels that inflate to 1.5 GB',
      () => attack.inflationBomb('/Subtype /Image /Width 17000 /Height 17000'),
      'too_complex',
    ],
    ['1.5 MB of content that inflates to 1.5 GB', () => attack.inflationBomb(), 'too_complex'],
    [
      '1.5 MB of objects that inflate to 1.5 GB',
      () => attack.inflationBomb('/Type /ObjStm /N 1 /First 5'),
      'too_complex',
    ],
    ['a giant array', () => attack.numbersBomb(2_000_000), 'too_complex'],
  ])('refuses %s in bounded memory', async (_, make, rule) => {
    const bytes = make();
    const judge = inspector({ workers: 1 });
    await judge.inspectPdf(makePdf());
    const before = process.memoryUsage.rss();
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 5);
    const verdict = await judge.inspectPdf(bytes);
    clearInterval(watch);
    expect(verdict).toEqual({ ok: false, rule });
    expect((peak - before) / 1_048_576).toBeLessThan(350);
  });

  test.each<readonly [string, () => Buffer]>([
    ['streams that never end', () => attack.endlessStreams(120_000)],
    ['objects that never end', () => attack.endlessObjects(140_000)],
    ['digits in comments', () => attack.digitsInComments(600_000)],
  ])('kills the reading of %s, and goes on', async (_, make) => {
    const judge = inspector({ workers: 1, timeoutMs: IMPATIENT });
    expect(await judge.inspectPdf(make())).toMatchObject({ ok: false });
    expect(await judge.inspectPdf(makePdf())).toMatchObject({ ok: true });
  });

  test('replaces a thread which ran out of memory, while others go on', async () => {
    // On a busy machine, three threads may take long to start again.
    const judge = inspector({ workers: 2, maxOldGenerationMb: 24, maxWaitMs: 25_000 });
    const sound = makePdf();
    const heavy = makeModernPdf({ 9: `[${'<</A[0]>>'.repeat(200_000)}]` });
    const verdicts = await Promise.all(
      [heavy, sound, heavy, sound, sound, heavy, sound].map((bytes) => judge.inspectPdf(bytes)),
    );
    expect(verdicts.map((verdict) => (verdict.ok ? 'ok' : verdict.rule))).toEqual([
      'too_complex',
      'ok',
      'too_complex',
      'ok',
      'ok',
      'too_complex',
      'ok',
    ]);
    expect(judge.state).toEqual({ running: 0, waiting: 0, deaths: 3 });
  });

  test('gives each of many files its own verdict', async () => {
    const judge = inspector({ workers: 2, queueLimit: 100 });
    const files = Array.from({ length: 40 }, (_, index) =>
      index % 4 === 3
        ? makePdf({ objects: { 9: streamBody('/Type /EmbeddedFile', 'x') } })
        : makeScan(1 + (index % 4), 30_000),
    );
    const verdicts = await Promise.all(files.map((bytes) => judge.inspectPdf(bytes)));
    expect(verdicts.map((verdict) => (verdict.ok ? verdict.pages : verdict.rule))).toEqual(
      files.map((_, index) => (index % 4 === 3 ? 'embedded_file' : 1 + (index % 4))),
    );
  });

  test('turns senders away when too many wait, and says when to come again', async () => {
    const judge = inspector({ workers: 1, queueLimit: 2 });
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => judge.inspectPdf(makePdf())));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused.map(({ reason }) => reason instanceof WorkersBusy && reason.retryAfterSeconds)).toEqual([
      5, 5, 5,
    ]);
    expect(await judge.inspectPdf(makePdf())).toMatchObject({ ok: true });
  });

  test('turns away who has waited too long', async () => {
    const judge = inspector({ workers: 1, timeoutMs: IMPATIENT, maxWaitMs: 100 });
    // The thread may take longer than that to start.
    await expect
      .poll(() => judge.inspectPdf(makePdf()).catch(() => undefined), { timeout: 20_000 })
      .toMatchObject({ ok: true });
    const slow = judge.inspectPdf(attack.digitsInComments(600_000));
    await expect(judge.inspectPdf(makePdf())).rejects.toThrow(WorkersBusy);
    expect(await slow).toEqual({ ok: false, rule: 'too_complex' });
  });

  test('renews its threads', async () => {
    const judge = inspector({ workers: 1, filesPerWorker: 2 });
    for (let count = 0; count < 5; count += 1) {
      expect(await judge.inspectPdf(makePdf())).toMatchObject({ ok: true });
    }
    expect(judge.state.deaths).toBe(0);
  });

  test('ends what runs when closed, and takes nothing more', async () => {
    const judge = inspector({ workers: 1 });
    await judge.inspectPdf(makePdf());
    const running = judge.inspectPdf(makeScan(1, 1000));
    const waiting = judge.inspectPdf(makePdf()).catch((error: unknown) => error);
    await Promise.all([judge.close(), judge.close()]);
    expect(await running).toMatchObject({ ok: true });
    expect(await waiting).toBeInstanceOf(WorkersBusy);
    await expect(judge.inspectPdf(makePdf())).rejects.toThrow(WorkersUnavailable);
  });
});

describe('a pool whose workers do not start', () => {
  test('says so instead of judging', async () => {
    const pool = new WorkerPool<string, string>({
      script: new URL('./no-such-worker.ts', import.meta.url),
      workers: 2,
      timeoutMs: 1000,
      maxWaitMs: 10_000,
      queueLimit: 10,
      ordersPerWorker: 1,
      maxOldGenerationMb: 64,
      isReady: () => true,
      onDeath: () => 'dead',
    });
    closing.push(() => pool.close());
    await expect(pool.run('one')).rejects.toThrow(WorkersUnavailable);
    await expect(pool.run('two')).rejects.toThrow(WorkersUnavailable);
  });
});
