/** A bounded load: so many loops, for so long, each on its own kept connection; it stops by itself. */
import { Agent, type IncomingHttpHeaders, request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Sends one request and reads the whole answer. */
export function send(
  agent: Agent,
  url: string,
  options: { method: string; headers?: Record<string, string>; body?: Buffer | string },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        agent,
        method: options.method,
        headers: { ...options.headers, 'content-length': String(Buffer.byteLength(options.body ?? '')) },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          });
        });
        response.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(options.body);
  });
}

export interface Figures {
  /** Successful answers a second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly count: number;
}

/** The value below which this part of them is; 0 of none. */
export const percentile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

/** Runs `step` in `loops` parallel loops for `seconds`; a step that isn't answered with success ends the measure. */
export async function load(
  loops: number,
  seconds: number,
  step: (loop: number, turn: number) => Promise<Answer>,
): Promise<Figures> {
  const latencies: number[] = [];
  const start = performance.now();
  const until = start + seconds * 1000;
  await Promise.all(
    Array.from({ length: loops }, async (_, loop) => {
      for (let turn = 0; performance.now() < until; turn += 1) {
        const before = performance.now();
        const { status, body } = await step(loop, turn);
        if (status >= 300)
          throw new Error(
            `a measured request was answered ${String(status)}: ${body.toString().slice(0, 300)}`,
          );
        latencies.push(performance.now() - before);
      }
    }),
  );
  const elapsed = (performance.now() - start) / 1000;
  latencies.sort((a, b) => a - b);
  return {
    rate: latencies.length / elapsed,
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
    p99: percentile(latencies, 0.99),
    count: latencies.length,
  };
}

export const keepAlive = (sockets: number) => new Agent({ keepAlive: true, maxSockets: sockets });
