import { translate } from '@rnoce/i18n/translate';
import { getReferenceList, operatorTypes } from '@rnoce/schemas';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../deps.ts';
import { serve } from '../../plugins/serve.ts';

export function referenceRoutes(app: FastifyInstance, { references }: Deps): void {
  serve(app, getReferenceList, async ({ params: { list }, request, reply }) => {
    if (list === 'operator-types') {
      reply.header('cache-control', 'public, max-age=3600');
      return {
        items: operatorTypes.map((code) => ({
          code,
          label: translate('fr', `reference:operator-type.${code}`),
          labelAr: translate('ar', `reference:operator-type.${code}`),
        })),
      };
    }
    const { items, etag } = await references.get(list);
    reply.header('etag', etag).header('cache-control', 'public, max-age=300, stale-while-revalidate=86400');
    if (request.headers['if-none-match'] === etag) return await reply.code(304).send();
    return { items };
  });
}
