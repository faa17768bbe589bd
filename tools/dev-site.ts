import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { type DevSpa, startDevSpa } from '../packages/config/src/dev-server.ts';

export type DevSite = { close: () => Promise<void> };

type Options = { root: string; host: string; port: number; apiPort: number };

/** One address for development: each SPA from Vite with hot reload, everything else from the API. */
export async function startDevSite({ root, host, port, apiPort }: Options): Promise<DevSite> {
  const spas: DevSpa[] = [];
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '/';
    const spa = spas.find(({ base }) => path.startsWith(base) || path === base.slice(0, -1));
    if (spa) spa.handle(incoming, outgoing, () => forward(incoming, outgoing, apiPort));
    else forward(incoming, outgoing, apiPort);
  });
  for (const name of ['portal', 'payment', 'backoffice']) {
    const folder = join(root, 'apps', name);
    if (existsSync(join(folder, 'vite.config.ts'))) spas.push(await startDevSpa(folder, server));
  }
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, host, resolve);
  await promise;
  return {
    close: async () => {
      server.closeAllConnections();
      server.close();
      await Promise.all(spas.map((spa) => spa.close()));
    },
  };
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse, apiPort: number): void {
  const headers = { ...incoming.headers, 'x-forwarded-for': incoming.socket.remoteAddress ?? '' };
  const { method, url } = incoming;
  const onward = request({ host: '127.0.0.1', port: apiPort, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => {
    if (outgoing.headersSent) outgoing.destroy();
    else
      outgoing
        .writeHead(502, { 'content-type': 'text/plain' })
        .end('The API is starting; reload in a moment.\n');
  });
  outgoing.on('close', () => onward.destroy());
  incoming.pipe(onward);
}
