import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer, type ViteDevServer } from 'vite';

/** One SPA in development: the path it is served under, and its handler. */
export type DevSpa = {
  base: string;
  handle: (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
  close: () => Promise<void>;
};

/**
 * Starts Vite's transformation of one SPA inside another HTTP server, hot reload included.
 *
 * @param root folder of the SPA, where its `vite.config.ts` is
 * @param server the server whose upgrade requests carry the hot reload
 */
export async function startDevSpa(root: string, server: Server): Promise<DevSpa> {
  const vite: ViteDevServer = await createServer({
    root,
    appType: 'spa',
    // No path: Vite listens to upgrades under the SPA's own base, so that several SPAs share the server.
    server: { middlewareMode: true, hmr: { server } },
  });
  return {
    base: vite.config.base,
    handle: (request, response, next) => vite.middlewares(request, response, next),
    close: () => vite.close(),
  };
}
