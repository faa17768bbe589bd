import { fileURLToPath } from 'node:url';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, describe, expect, it } from 'vitest';

const servers: ViteDevServer[] = [];

afterAll(() => Promise.all(servers.map((server) => server.close())));

/** Vite as `npm run dev` starts it for one SPA. */
async function developing(name: string): Promise<ViteDevServer> {
  const server = await createServer({
    root: path(`apps/${name}`),
    logLevel: 'error',
    appType: 'spa',
    optimizeDeps: { noDiscovery: true, include: [] },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  });
  servers.push(server);
  return server;
}

function path(file: string): string {
  return fileURLToPath(new URL(`../../../${file}`, import.meta.url));
}

describe('catalogues served in development', () => {
  it.each(['portal', 'payment', 'backoffice'])('are plain scripts in the %s application', async (name) => {
    const server = await developing(name);
    for (const file of [`packages/i18n/src/${name}.ar.ts`, 'packages/i18n/src/reference.ts']) {
      const served = await server.transformRequest(path(file));
      const code = served?.code.replace(/\/\/# sourceMappingURL.*/, '') ?? '';
      expect(code).toMatch(/\.json\?import"/);
      // Chromium refuses a script imported as JSON, and with it the whole application.
      expect(code).not.toMatch(/\bwith\b|type:/);
    }
  });
});
