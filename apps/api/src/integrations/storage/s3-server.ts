import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

interface S3Server {
  run(): Promise<AddressInfo>;
  close(): Promise<void>;
}

interface S3ServerOptions {
  readonly address: string;
  readonly port: number;
  readonly silent: boolean;
  readonly directory: string;
  readonly configureBuckets: readonly { readonly name: string }[];
}

const require = createRequire(import.meta.url);
// The package has no types.
const S3rver: new (options: S3ServerOptions) => S3Server = require('s3rver');

/** The keys that the tests' S3 server knows. */
export const S3_KEYS = { accessKey: 'S3RVER', secretKey: 'S3RVER' };

export const S3_BUCKET = 'documents';

/**
 * Starts an S3 server for tests, on a folder which outlives it.
 *
 * @param port 0 for any
 */
export async function startS3(
  directory: string,
  port = 0,
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const server = new S3rver({
    address: '127.0.0.1',
    port,
    silent: true,
    directory,
    configureBuckets: [{ name: S3_BUCKET }],
  });
  const address = await server.run();
  return { port: address.port, close: () => server.close() };
}

export const s3Url = (port: number, bucket = S3_BUCKET): string =>
  `s3://${bucket}?endpoint=${encodeURIComponent(`http://127.0.0.1:${port}`)}&region=us-east-1`;
