import { Client } from 'pg';
import { webhooksChannel } from './record-events.ts';

/** How long to wait before another connection is tried. */
const againMs = 1000;

export interface ListenOptions {
  readonly url: string;
  /** Something was committed, or may have been while there was no connection. */
  readonly onNotice: () => void;
  readonly onLost: (error: Error) => void;
}

/** Hears when transactions leave something to send, on a connection of its own that is opened again when it is lost. */
export function listenToWebhooks({ url, onNotice, onLost }: ListenOptions): { close: () => Promise<void> } {
  let closed = false;
  let current: Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  const connect = async (): Promise<void> => {
    const client = new Client({
      connectionString: url,
      keepAlive: true,
      connectionTimeoutMillis: 3000,
      application_name: 'rnoce webhooks',
    });
    current = client;
    let lost = false;
    const lose = (error: Error) => {
      if (lost || closed) return;
      lost = true;
      onLost(error);
      client.end(() => undefined);
      timer = setTimeout(() => void connect(), againMs);
    };
    client.on('error', lose);
    client.on('end', () => lose(new Error('the connection ended')));
    client.on('notification', onNotice);
    try {
      await client.connect();
      await client.query(`listen ${webhooksChannel}`);
      onNotice();
    } catch (error) {
      lose(error instanceof Error ? error : new Error(String(error)));
    }
  };
  void connect();

  return {
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await current?.end().catch(() => undefined);
    },
  };
}
