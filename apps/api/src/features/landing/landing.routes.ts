import { readFileSync } from 'node:fs';
import { isLocale, type Locale, localeCookie, localeStorageKey } from '@rnoce/i18n';
import { translate } from '@rnoce/i18n/translate';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Deps } from '../../deps.ts';
import { localeOf, notFound } from '../../plugins/problems.ts';
import type { ServiceStatusReader } from '../configuration/service-status.ts';
import { landingContent, missingContent } from './landing.page.ts';
import { renderPage } from './page-layout.ts';
import { loadStylesheet, stylesheetPath } from './stylesheet.ts';

const favicon = readFileSync(new URL('favicon.svg', import.meta.url), 'utf8');
/** How long the page waits for the states of the outside services, in milliseconds. */
const statusMs = 1000;
const yearSeconds = 31_536_000;

/** The language of `?lang=`, which is remembered for the applications too, else the one of every answer. */
export function pageLocale(request: FastifyRequest, reply: FastifyReply, secure: boolean): Locale {
  const asked = new URLSearchParams(request.url.split('?')[1]).get('lang');
  if (!isLocale(asked)) return localeOf(request);
  reply.setCookie(localeStorageKey, asked, { ...localeCookie, secure });
  return asked;
}

/** The pages that the API makes itself: the landing page, and the one for an address that leads nowhere. */
export function landingRoutes(
  app: FastifyInstance,
  { environment }: Pick<Deps, 'environment'>,
  status: ServiceStatusReader,
): void {
  const { css, href: stylesheet } = loadStylesheet(environment.SPA_DIR);
  const secure = environment.PUBLIC_URL.startsWith('https://');
  const config = { page: true } as const;
  const sendPage = (reply: FastifyReply, page: string) =>
    reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'private, no-cache')
      .header('vary', 'accept-language, cookie')
      .send(page);

  app.get('/', { config }, async (request, reply) => {
    const locale = pageLocale(request, reply, secure);
    const content = landingContent(locale, environment, await status.readWithin(statusMs));
    const title = translate(locale, 'landing:page.title');
    return await sendPage(reply, renderPage({ locale, title, stylesheet, path: '/' }, content));
  });

  app.get(stylesheetPath, { config }, async (_request, reply) =>
    reply
      .type('text/css; charset=utf-8')
      .header('cache-control', `public, max-age=${String(yearSeconds)}, immutable`)
      .send(css),
  );

  app.get('/favicon.svg', { config }, async (_request, reply) =>
    reply.type('image/svg+xml').header('cache-control', 'public, max-age=86400').send(favicon),
  );

  app.get('/*', { config }, async (request, reply) => {
    const [path = ''] = request.url.split('?');
    // Programs are answered as programs are: a problem in JSON.
    if (path.startsWith('/api/') || !request.headers.accept?.includes('text/html')) throw notFound();
    const locale = pageLocale(request, reply, secure);
    const title = translate(locale, 'landing:missing.title');
    const page = renderPage({ locale, title, stylesheet, path: '/' }, missingContent(locale));
    return await sendPage(reply.code(404), page);
  });
}
