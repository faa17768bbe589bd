import { checkReceipt, emailPaymentOrder, getReceipt } from '@rnoce/schemas';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../deps.ts';
import { serve } from '../../plugins/serve.ts';
import { emailOrder } from './email-order.ts';
import { getReceiptFile, verifyReceipt } from './read-receipt.ts';

/** What a browser may do with the PDF: show it. */
const pdfPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

export function receiptsRoutes(app: FastifyInstance, deps: Deps): void {
  serve(app, getReceipt, async ({ params, query, reply }) => {
    const { name, pdf } = await getReceiptFile(deps, params.id, query.locale);
    return await reply
      .headers({
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename="${name}"`,
        'content-security-policy': pdfPolicy,
        'cache-control': 'private, no-store',
      })
      .send(Buffer.from(pdf));
  });

  serve(app, checkReceipt, ({ params }) => verifyReceipt(deps, params.code));

  serve(app, emailPaymentOrder, async ({ params, body }) => ({
    email: await emailOrder(deps, params.id, body),
  }));
}
