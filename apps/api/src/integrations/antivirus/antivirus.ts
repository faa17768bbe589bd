import { type ClamdAddress, ClamdSession } from './clamd-session.ts';
import { ScanError, type ScanFailure } from './scan-error.ts';

/**
 * What is known of a file. Only `clean` says that it was scanned and that nothing was found. `disabled`: no
 * antivirus is configured.
 */
export type ScanResult =
  | { readonly status: 'clean' }
  | { readonly status: 'infected'; readonly signature: string }
  | { readonly status: 'unavailable'; readonly reason: ScanFailure }
  | { readonly status: 'disabled' };

export interface Antivirus {
  /** Whether an antivirus is configured. */
  readonly enabled: boolean;
  /** Scans bytes. Never throws, and never says `clean` of what clamd has not called so. */
  scan(source: Uint8Array | AsyncIterable<Uint8Array>): Promise<ScanResult>;
  /** Whether clamd answers; true when none is configured. Never throws. */
  healthy(): Promise<boolean>;
}

export interface AntivirusOptions {
  /** Milliseconds for a whole scan: connecting, sending, and clamd's own time. */
  readonly timeoutMs?: number;
}

const CHUNK_BYTES = 65_536;

const DISABLED: Antivirus = {
  enabled: false,
  scan: () => Promise.resolve({ status: 'disabled' }),
  healthy: () => Promise.resolve(true),
};

/** @throws Error for a URL which is not one of the two forms. */
function parseAddress(url: string): ClamdAddress {
  const parsed = new URL(url);
  if (parsed.protocol === 'unix:' && parsed.hostname === '' && parsed.pathname.length > 1) {
    return { path: decodeURIComponent(parsed.pathname) };
  }
  if (parsed.protocol === 'tcp:' && parsed.hostname !== '' && parsed.port !== '') {
    return { host: parsed.hostname.replace(/^\[|\]$/g, ''), port: Number(parsed.port) };
  }
  throw new Error('clamd is named by tcp://host:port or unix:///path/of/its/socket');
}

/** What clamd's answer to INSTREAM means (clamd(8)): a few forms are known, all else is no answer. */
function readReply(reply: string): ScanResult {
  if (reply === 'stream: OK') return { status: 'clean' };
  const signature = /^stream: (\S.*) FOUND$/.exec(reply)?.[1];
  if (signature !== undefined) return { status: 'infected', signature };
  if (reply === 'INSTREAM size limit exceeded. ERROR') throw new ScanError('size_limit');
  throw new ScanError(reply.endsWith(' ERROR') ? 'refused' : 'protocol');
}

/** Sends a file in chunks, each after its length; a chunk without length ends it (clamd(8), INSTREAM). */
async function sendFile(
  session: ClamdSession,
  source: Uint8Array | AsyncIterable<Uint8Array>,
  stopped: () => boolean,
): Promise<void> {
  await session.send(Buffer.from('zINSTREAM\0'));
  const parts = source instanceof Uint8Array ? [source] : source;
  const length = Buffer.alloc(4);
  for await (const part of parts) {
    for (let at = 0; at < part.length; at += CHUNK_BYTES) {
      if (stopped()) return;
      const chunk = part.subarray(at, at + CHUNK_BYTES);
      length.writeUInt32BE(chunk.length);
      await session.send(Buffer.concat([length, chunk]));
    }
  }
  await session.send(Buffer.alloc(4));
}

async function scanWith(
  session: ClamdSession,
  source: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<ScanResult> {
  let stopped = false;
  const sending = sendFile(session, source, () => stopped).catch((cause: unknown) => {
    throw new ScanError('source', { cause });
  });
  try {
    const early = await Promise.race([sending.then(() => undefined), session.answer]);
    if (early === undefined) return readReply(await session.answer);
    const result = readReply(early);
    // Nobody can tell that a file is clean before its end.
    return result.status === 'clean' ? { status: 'unavailable', reason: 'protocol' } : result;
  } finally {
    stopped = true;
  }
}

/** Runs one command on its own connection, no longer than the limit. */
async function within<Result>(
  address: ClamdAddress,
  limitMs: number,
  command: (session: ClamdSession) => Promise<Result>,
): Promise<Result> {
  const session = new ClamdSession(address);
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ScanError('timeout')), limitMs);
  });
  try {
    return await Promise.race([command(session), limit]);
  } finally {
    clearTimeout(timer);
    session.close();
  }
}

/**
 * Makes a client of clamd (ClamAV's daemon): `tcp://host:port` or `unix:///path`. Without a URL, nothing is ever
 * scanned and `scan` says so. A connection for each scan: clamd's own queue shares its threads.
 *
 * Not covered: what ClamAV has no signature for, and files over its `StreamMaxLength` (25 MB unless configured),
 * which are `unavailable`.
 *
 * @throws Error for another URL.
 */
export function createAntivirus(url?: string, { timeoutMs = 10_000 }: AntivirusOptions = {}): Antivirus {
  if (url === undefined || url === '') return DISABLED;
  const address = parseAddress(url);
  return {
    enabled: true,
    scan: async (source) => {
      try {
        return await within(address, timeoutMs, (session) => scanWith(session, source));
      } catch (error) {
        return { status: 'unavailable', reason: error instanceof ScanError ? error.reason : 'connection' };
      }
    },
    healthy: async () => {
      try {
        const reply = await within(address, timeoutMs, async (session) => {
          await session.send(Buffer.from('zPING\0'));
          return await session.answer;
        });
        return reply === 'PONG';
      } catch {
        return false;
      }
    },
  };
}
