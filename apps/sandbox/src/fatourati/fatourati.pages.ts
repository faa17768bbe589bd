import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { decimal } from '../gateways/centimes.ts';
import { options } from '../pages/fault-form.ts';
import { html } from '../pages/html.ts';
import { sendPage } from '../pages/layout.ts';
import { channels, type FatouratiDesk } from './fatourati-desk.ts';
import { statusAt } from './fatourati-order.ts';

const PayBody = z.object({
  reference: z.string().max(80),
  channel: z.enum(Object.keys(channels) as [keyof typeof channels, ...(keyof typeof channels)[]]),
});

/** The bank's page where a reference is paid, and the status question. */
export function fatouratiPayerPages(
  app: FastifyInstance,
  { desk, now }: { desk: FatouratiDesk; now: () => Date },
): void {
  app.get('/fatourati/pay', async (request, reply) => {
    const { reference } = z.object({ reference: z.string().max(80).default('') }).parse(request.query);
    const order = reference === '' ? undefined : desk.order(reference.trim());
    const status = order && statusAt(order, now());
    return sendPage(reply, {
      title: 'Banque du bac à sable — payer une référence Fatourati',
      body: html`
<form method="get"><label>Référence <input name="reference" inputmode="numeric" value="${reference}" required></label><button>Chercher</button></form>
${reference !== '' && !order && html`<p class="alarm" role="alert">Référence inconnue.</p>`}
${
  order &&
  html`<p>Référence <strong>${order.tokenRef}</strong>, commande ${order.orderId}, ${order.clientName} : <strong>${decimal(order.amount)} MAD</strong>, ${status}</p>
${
  status === 'CREATED' || status === 'CONSUMED'
    ? html`<form method="post" action="/fatourati/pay"><input type="hidden" name="reference" value="${order.orderId}">
<label for="channel">Par</label> <select id="channel" name="channel">${options(channels)}</select> <button>${status === 'CREATED' ? 'Payer cette référence' : 'Payer une deuxième fois'}</button></form>`
    : html`<p class="alarm">Cette référence n’est plus payable.</p>`
}
<p><a href="/fatourati/orders/${order.orderId}">Le registre et les notifications</a></p>`
}`,
    });
  });

  app.post('/fatourati/pay', async (request, reply) => {
    const { reference, channel } = PayBody.parse(request.body);
    await desk.pay(reference, { channel });
    return reply.redirect(`/fatourati/orders/${encodeURIComponent(reference)}`, 303);
  });

  app.post('/api/fatourati/orders/:reference/ask-status', async (request) => {
    const { reference } = z.object({ reference: z.string().max(80) }).parse(request.params);
    return desk.askStatus(reference);
  });
}
