import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { documentVersions, strayFiles } from '../../db/schema/documents.ts';
import { makePdf } from '../../integrations/inspection/pdf-samples.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { openDraft, operatorBrowser } from '../../testing/subscriptions.ts';
import { fileForm } from '../../testing/uploads.ts';

let test: TestApp;
let port: number;
beforeAll(async () => {
  test = await testApp();
  port = Number(new URL(await test.app.listen({ host: '127.0.0.1', port: 0 })).port);
});

async function target() {
  const browser = await operatorBrowser(test);
  const draft = await openDraft(browser);
  return { browser, draft, path: `/api/v1/subscriptions/${draft.id}/documents/identity` };
}

type Sent = { path: string; contentType: string; cookie: string };

/** A connection that keeps all that it hears, and writes no faster than it is read. */
async function openConnection() {
  const socket: Socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  let heard = '';
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString();
  });
  const write = async (bytes: Buffer | string) => {
    if (!socket.write(bytes)) await once(socket, 'drain');
  };
  const startUpload = (length: string, { path, contentType, cookie }: Sent) =>
    write(
      `PUT ${path} HTTP/1.1\r\nhost: x\r\ncookie: ${cookie}\r\ncontent-type: ${contentType}\r\n${length}\r\n\r\n`,
    );
  return { socket, write, startUpload, heard: () => heard };
}

const statusLines = (heard: string) =>
  [...heard.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));

/** Sends a whole upload, whatever is answered meanwhile, then asks something else on the same connection. */
async function uploadThenAsk(sent: Sent, payload: Buffer, chunked: boolean): Promise<number[]> {
  const { socket, write, startUpload, heard } = await openConnection();
  const length = `content-length: ${String(payload.length)}`;
  await startUpload(chunked ? 'transfer-encoding: chunked' : length, sent);
  for (let at = 0; at < payload.length; at += 65_536) {
    const piece = payload.subarray(at, at + 65_536);
    if (chunked) await write(`${piece.length.toString(16)}\r\n`);
    await write(piece);
    if (chunked) await write('\r\n');
  }
  if (chunked) await write('0\r\n\r\n');
  await write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n');
  await vi.waitFor(() => expect(heard()).toContain('"status":"ok"'), { timeout: 10_000 });
  socket.destroy();
  return statusLines(heard());
}

describe('an upload over a real connection', () => {
  it.each([
    ['its length told', false],
    ['in chunks', true],
  ])('far too large, %s, gets its answer and keeps the connection usable', async (_how, chunked) => {
    const { browser, path } = await target();
    const { payload, contentType } = await fileForm(Buffer.alloc(20 * 1024 * 1024, '%'));
    const sent = { path, contentType, cookie: browser.cookie.cookie };
    expect(await uploadThenAsk(sent, payload, chunked)).toEqual([413, 200]);
  });

  it('refused before it was read does too', async () => {
    const { path } = await target();
    const { payload, contentType } = await fileForm(Buffer.alloc(5 * 1024 * 1024, '%'));
    expect(await uploadThenAsk({ path, contentType, cookie: '' }, payload, true)).toEqual([401, 200]);
  });

  it('cut by its sender leaves nothing, and the next one works', async () => {
    const { browser, draft, path } = await target();
    const { payload, contentType } = await fileForm(makePdf());
    const sent = { path, contentType, cookie: browser.cookie.cookie };
    const cut = await openConnection();
    await cut.startUpload(`content-length: ${String(payload.length)}`, sent);
    await cut.write(payload.subarray(0, payload.length - 100));
    cut.socket.destroy();
    await once(cut.socket, 'close');
    expect(await uploadThenAsk(sent, payload, false)).toEqual([200, 200]);
    const versions = await test.deps.database
      .select()
      .from(documentVersions)
      .where(eq(documentVersions.subscriptionId, draft.id));
    expect(versions).toHaveLength(1);
    expect(await test.deps.database.select().from(strayFiles)).toEqual([]);
  });
});
