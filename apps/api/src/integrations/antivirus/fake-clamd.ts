import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** What EICAR's test file is, in two parts: whole, it would have antivirus programs remove this source. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!$H+H*'].join('');

export interface FakeClamd {
  readonly url: string;
  /** Files received whole, in order. */
  readonly received: Buffer[];
  close(): Promise<void>;
}

export interface FakeClamdOptions {
  /** A socket's path; else a TCP port of its own. */
  readonly path?: string;
  /** `StreamMaxLength`, in bytes. */
  readonly maxLength?: number;
  /** Answers in clamd's place once a file is whole, or hangs up (`null`), or says nothing (`undefined`). */
  readonly reply?: (file: Buffer) => Buffer | null | undefined;
  /** Takes a connection over as soon as it is there. */
  readonly onConnection?: (socket: Socket) => void;
}

function judge(file: Buffer): Buffer {
  return Buffer.from(file.includes(EICAR) ? 'stream: Eicar-Signature FOUND\0' : 'stream: OK\0');
}

/** Speaks clamd's protocol over a connection: PING, and INSTREAM by chunks after their length. */
function serve(socket: Socket, received: Buffer[], options: FakeClamdOptions): void {
  const { maxLength = 26_214_400, reply = judge } = options;
  let pending = Buffer.alloc(0);
  let chunks: Buffer[] | undefined;
  let length = 0;
  socket.on('error', () => undefined);
  socket.on('data', (data: Buffer) => {
    pending = Buffer.concat([pending, data]);
    if (chunks === undefined) {
      const end = pending.indexOf(0);
      if (end < 0) return;
      const command = pending.toString('latin1', 0, end);
      pending = pending.subarray(end + 1);
      if (command !== 'zINSTREAM') {
        socket.end(command === 'zPING' ? 'PONG\0' : 'UNKNOWN COMMAND\0');
        return;
      }
      chunks = [];
    }
    while (pending.length >= 4) {
      const size = pending.readUInt32BE();
      if (pending.length < 4 + size) return;
      chunks.push(pending.subarray(4, 4 + size));
      length += size;
      pending = pending.subarray(4 + size);
      if (length > maxLength) {
        socket.end('INSTREAM size limit exceeded. ERROR\0');
        return;
      }
      if (size === 0) {
        const file = Buffer.concat(chunks);
        received.push(file);
        const answer = reply(file);
        if (answer === null) socket.destroy();
        else if (answer !== undefined) socket.end(answer);
        return;
      }
    }
  });
}

/** A stand-in for clamd in tests, which speaks its real protocol. */
export async function startFakeClamd(options: FakeClamdOptions = {}): Promise<FakeClamd> {
  const received: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    if (options.onConnection === undefined) serve(socket, received, options);
    else options.onConnection(socket);
  });
  if (options.path === undefined) server.listen(0, '127.0.0.1');
  else server.listen(options.path);
  await once(server, 'listening');
  const url =
    options.path === undefined
      ? `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`
      : `unix://${options.path}`;
  return {
    url,
    received,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
