import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import serveFiles from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../plugins/problems.ts';

/** Each application's folder below SPA_DIR, and the path that it is built for. */
const portal = { folder: 'portal', base: '/espace-prive' } as const;
const applications = [
  portal,
  { folder: 'payment', base: '/paiement' },
  { folder: 'backoffice', base: '/agents' },
] as const;
const yearSeconds = 31_536_000;
/** Where the guide's links lead (spec/registration.md, Accounts), which stand on paper and in forwarded messages: below the portal. */
const guidePath = '/registre/*';
/** Files whose name changes with their content. */
const hashed = /^assets\//;
/** What is served of a folder: no dot file, no way up, nothing that isn't named plainly. */
const plainPath = /^(?:[\w-][\w.@-]*\/)*[\w-][\w.@-]*$/;

const isFile = async (path: string): Promise<boolean> =>
  await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

/**
 * Serves the built applications: hashed files for ever, everything else asked for again each time; an address inside an application that is
 * no file is its `index.html`, which finds the screen by itself. Files compressed at the build are sent as they are.
 */
export async function spaRoutes(
  app: FastifyInstance,
  { environment }: Pick<Deps, 'environment'>,
): Promise<void> {
  const { SPA_DIR } = environment;
  if (SPA_DIR === '' || !existsSync(SPA_DIR)) return;
  await app.register(serveFiles, {
    root: SPA_DIR,
    serve: false,
    preCompressed: true,
    cacheControl: false,
    dotfiles: 'deny',
  });
  app.get(
    guidePath,
    { config: { page: true } },
    // The address holds a secret: no cache keeps it.
    async (request, reply) =>
      await reply.header('cache-control', 'no-store').redirect(`${portal.base}${request.url}`),
  );
  for (const { folder, base } of applications) {
    const root = join(SPA_DIR, folder);
    const send = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const asked = (request.params as { '*'?: string })['*'] ?? '';
      const file = plainPath.test(asked) && (await isFile(join(root, asked))) ? asked : 'index.html';
      if (file === 'index.html' && (hashed.test(asked) || !(await isFile(join(root, file)))))
        throw notFound();
      reply.header(
        'cache-control',
        hashed.test(file) ? `public, max-age=${String(yearSeconds)}, immutable` : 'no-cache',
      );
      return await reply.sendFile(file, root);
    };
    app.get(
      base,
      { config: { page: true } },
      async (request, reply) =>
        // The address keeps its question: `/agents?q=…` is how the router writes the filters of its first page.
        await reply.redirect(`${base}/${request.url.slice(base.length)}`, 308),
    );
    app.get(`${base}/*`, { config: { page: true } }, send);
  }
}
