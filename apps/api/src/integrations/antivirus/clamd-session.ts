import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { ScanError } from './scan-error.ts';

export type ClamdAddress = { readonly host: string; readonly port: number } | { readonly path: string };

/** An answer names a file and a signature: some hundred bytes. */
const MAX_REPLY_BYTES = 4096;

/** One connection to clamd, for one command in its `z` form: a NUL ends the command and the answer. */
export class ClamdSession {
  /** The answer, without its NUL. Fails with `ScanError` (`connection`, `protocol`) when there is none. */
  readonly answer: Promise<string>;
  private readonly socket: Socket;

  constructor(address: ClamdAddress) {
    this.socket = connect(address);
    this.answer = new Promise((resolve, reject) => {
      let received = Buffer.alloc(0);
      this.socket.on('data', (data: Buffer) => {
        received = Buffer.concat([received, data]);
        const end = received.indexOf(0);
        if (end >= 0 && end === received.length - 1) resolve(received.toString('utf8', 0, end));
        else if (end >= 0 || received.length > MAX_REPLY_BYTES) reject(new ScanError('protocol'));
      });
      this.socket.on('error', (cause) => reject(new ScanError('connection', { cause })));
      // An answer without its NUL is a cut one.
      this.socket.on('close', () => reject(new ScanError('connection')));
    });
    // Heard of where it is awaited, which may be later or never.
    this.answer.catch(() => undefined);
  }

  /** Sends bytes; waits when clamd reads more slowly than we write. Sends nothing once the connection is lost. */
  async send(bytes: Uint8Array): Promise<void> {
    if (this.socket.destroyed || this.socket.write(bytes)) return;
    const ended = new AbortController();
    const until = (event: string) =>
      once(this.socket, event, { signal: ended.signal }).catch(() => undefined);
    await Promise.race([until('drain'), until('close')]);
    ended.abort();
  }

  close(): void {
    this.socket.destroy();
  }
}
