import { createHash } from 'node:crypto';
import { translate } from '@rnoce/i18n/translate';
import { problemCodes } from '@rnoce/schemas';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { Deps } from '../../deps.ts';
import { problemsPath } from '../../plugins/problems.ts';
import { type Html, html } from '../landing/html.ts';
import { pageLocale } from '../landing/landing.routes.ts';
import { type PageFrame, renderPage } from '../landing/page-layout.ts';
import { loadStylesheet } from '../landing/stylesheet.ts';
import { openApiText } from './openapi-document.ts';
import { problemContent, problemsContent } from './problems.page.ts';

const config = { page: true } as const;

/** The interactive documentation draws itself with styles of its own; nothing is loaded from elsewhere, nor sent there. */
const docsPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const docsPage = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<title>RNOCE API</title>
</head>
<body>
<div id="app"></div>
<script src="/api/docs/reference.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
`.text;

/** A reader may type a key to try operations with: it stays in the page's memory, and goes to this API alone. */
const startScript = `Scalar.createApiReference('#app', {
  url: '/api/openapi.json',
  authentication: { preferredSecurityScheme: 'integratorKey' },
  persistAuth: false,
  proxyUrl: '',
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: 'never',
});
`;

/** The bundle of the interactive documentation, which its package gives only through routes of its own. */
async function readReferenceScript(): Promise<string> {
  const { default: apiReference } = await import('@scalar/fastify-api-reference');
  const source = fastify();
  await source.register(apiReference, { routePrefix: '/', configuration: { content: {} } });
  const answer = await source.inject({ url: '/js/scalar.js' });
  await source.close();
  if (answer.statusCode !== 200) throw new Error('the bundle of the interactive documentation was not found');
  return answer.body;
}

/** The description of the API, its interactive documentation and the page of its problems. Made when they are first asked for. */
export function openApiRoutes(app: FastifyInstance, { environment }: Pick<Deps, 'environment'>): void {
  let description: { text: string; etag: string } | undefined;
  let script: Promise<string> | undefined;
  const { href: stylesheet } = loadStylesheet(environment.SPA_DIR);
  const secure = environment.PUBLIC_URL.startsWith('https://');

  app.get('/api/openapi.json', { config }, async (request, reply) => {
    if (!description) {
      const text = openApiText();
      const hash = createHash('sha256').update(text).digest('base64url').slice(0, 22);
      description = { text, etag: `"${hash}"` };
    }
    reply.header('etag', description.etag).header('cache-control', 'public, max-age=300');
    if (request.headers['if-none-match'] === description.etag) return await reply.code(304).send();
    return await reply.type('application/json; charset=utf-8').send(description.text);
  });

  app.get('/api/docs', { config }, async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('content-security-policy', docsPolicy)
      .send(docsPage),
  );

  for (const near of ['/api', '/api/', '/api/docs/'])
    app.get(near, { config }, async (_request, reply) => reply.redirect('/api/docs', 308));

  app.get('/api/docs/start.js', { config }, async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-cache').send(startScript),
  );

  app.get('/api/docs/reference.js', { config }, async (_request, reply) => {
    script ??= readReferenceScript();
    return await reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'public, max-age=86400')
      .send(await script);
  });

  const sendPage = async (reply: FastifyReply, frame: Omit<PageFrame, 'stylesheet'>, content: Html) =>
    await reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'private, no-cache')
      .header('vary', 'accept-language, cookie')
      .send(renderPage({ ...frame, stylesheet }, content));

  app.get(problemsPath, { config }, async (request, reply) => {
    const locale = pageLocale(request, reply, secure);
    const title = translate(locale, 'landing:problems.title');
    return await sendPage(reply, { locale, title, path: problemsPath }, problemsContent(locale));
  });

  app.get<{ Params: { code: string } }>(`${problemsPath}/:code`, { config }, async (request, reply) => {
    const locale = pageLocale(request, reply, secure);
    const code = problemCodes.find((known) => known === request.params.code);
    if (!code) {
      const title = translate(locale, 'landing:problems.title');
      return await sendPage(
        reply.code(404),
        { locale, title, path: problemsPath },
        problemsContent(locale, true),
      );
    }
    const title = translate(locale, `errors:problem.${code}.title`);
    return await sendPage(
      reply,
      { locale, title, path: `${problemsPath}/${code}` },
      problemContent(code, locale),
    );
  });
}
