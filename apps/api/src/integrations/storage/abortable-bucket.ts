import type { Readable } from 'node:stream';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { S3Driver } from 'flydrive/drivers/s3';
import type { WriteOptions } from 'flydrive/types';

/** A bucket to which an upload ends when its source fails; by itself the client waits for the rest of it. */
export class AbortableBucket extends S3Driver {
  private readonly client: S3Client;
  private readonly name: string;

  constructor(client: S3Client, name: string) {
    super({ client, bucket: name, visibility: 'private', supportsACL: false });
    this.client = client;
    this.name = name;
  }

  override async putStream(key: string, contents: Readable, options?: WriteOptions): Promise<void> {
    const abort = new AbortController();
    contents.once('error', () => abort.abort());
    const command = new PutObjectCommand({
      Bucket: this.name,
      Key: key,
      Body: contents,
      ContentLength: options?.contentLength,
      ContentType: options?.contentType,
    });
    await this.client.send(command, { abortSignal: abort.signal });
  }
}
