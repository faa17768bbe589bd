import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { upload } from './upload.ts';

/** What `upload` uses of a browser's XMLHttpRequest; the test answers in the server's place. */
class FakeRequest extends EventTarget {
  static last: FakeRequest;
  readonly upload = new EventTarget();
  readonly headers: Record<string, string> = {};
  status = 0;
  responseText = '';
  retryAfter: string | null = null;
  timeout = 0;
  sent: unknown;

  constructor() {
    super();
    FakeRequest.last = this;
  }
  open(): void {}
  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value;
  }
  getResponseHeader(): string | null {
    return this.retryAfter;
  }
  send(body: unknown): void {
    this.sent = body;
  }
  abort(): void {
    if (this.sent !== undefined) this.dispatchEvent(new Event('abort'));
  }
  answer(status: number, text: string, retryAfter: string | null = null): void {
    Object.assign(this, { status, responseText: text, retryAfter });
    this.dispatchEvent(new Event('load'));
  }
}

beforeEach(() => vi.stubGlobal('XMLHttpRequest', FakeRequest));
afterEach(() => vi.unstubAllGlobals());
const send = (signal?: AbortSignal) => upload('/x', new Blob(['a']), 'a.pdf', signal ? { signal } : {});

it('sends the file under its name, and gives the answer', async () => {
  const sending = send();
  const form = FakeRequest.last.sent as FormData;
  expect((form.get('file') as File).name).toBe('a.pdf');
  FakeRequest.last.answer(200, '{"version":2}');
  expect(await sending).toEqual({ version: 2 });
});

it('throws the problem, with the time to wait', async () => {
  const sending = send();
  const problem = {
    type: 't',
    title: 't',
    status: 503,
    detail: 'd',
    code: 'inspection_busy',
    requestId: 'r',
  };
  FakeRequest.last.answer(503, JSON.stringify(problem), '5');
  await expect(sending).rejects.toMatchObject({ status: 503, code: 'inspection_busy', retryAfter: 5 });
});

it.each([
  [200, ''],
  [502, '<html>'],
])('calls an answer %i without JSON unreadable', async (status, text) => {
  const sending = send();
  FakeRequest.last.answer(status, text);
  await expect(sending).rejects.toMatchObject({ status, code: 'unreadable' });
});

it.each(['before', 'while'])('is given up by its caller %s it is sent', async (when) => {
  const leaving = new AbortController();
  if (when === 'before') leaving.abort();
  const sending = send(leaving.signal);
  leaving.abort();
  await expect(sending).rejects.toMatchObject({ status: 0, code: 'aborted' });
  expect(FakeRequest.last.sent === undefined).toBe(when === 'before');
});
