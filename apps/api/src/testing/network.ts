import { once } from 'node:events';
import { Agent, createServer, type IncomingHttpHeaders, request } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** A message on its way from a gateway to the portal. */
export interface Message {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}
export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** The way between the gateways and the portal: a test decides what becomes of each message. */
export interface Network {
  /** Where the gateways find the portal. */
  readonly url: string;
  /** Carries a message to one process of the portal; undefined when the connection breaks. */
  deliver: (processUrl: string, message: Message) => Promise<Reply | undefined>;
  close: () => Promise<void>;
}

/** `carry`: gives the gateway its answer; with undefined it sees the connection break. */
export async function startNetwork(
  carry: (message: Message) => Promise<Reply | undefined>,
): Promise<Network> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const body = await buffer(incoming);
      const reply = await carry({ path: incoming.url ?? '/', headers: incoming.headers, body });
      if (!reply) {
        outgoing.destroy();
        return;
      }
      outgoing.writeHead(reply.status, { 'content-type': reply.contentType }).end(reply.body);
    })().catch(() => outgoing.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${String(address.port)}`,
    deliver: (processUrl, { path, headers, body }) =>
      new Promise((resolve) => {
        const { 'content-type': type, 'x-signature': signature, 'x-hmac': hmac } = headers;
        const outgoing = request(
          `${processUrl}${path}`,
          {
            agent,
            method: 'POST',
            headers: {
              'content-length': String(body.length),
              ...(type !== undefined && { 'content-type': type }),
              ...(signature !== undefined && { 'x-signature': signature }),
              ...(hmac !== undefined && { 'x-hmac': hmac }),
            },
          },
          (response) => {
            buffer(response).then(
              (bytes) =>
                resolve({
                  status: response.statusCode ?? 0,
                  contentType: response.headers['content-type'] ?? '',
                  body: bytes.toString('utf8'),
                }),
              () => resolve(undefined),
            );
          },
        );
        outgoing.on('error', () => resolve(undefined));
        outgoing.end(body);
      }),
    close: async () => {
      agent.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
