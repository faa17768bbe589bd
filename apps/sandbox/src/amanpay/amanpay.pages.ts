import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { decimal } from '../gateways/centimes.ts';
import { cardFault, testCards } from '../gateways/test-cards.ts';
import { html, type Markup } from '../pages/html.ts';
import { sendPage } from '../pages/layout.ts';
import type { AmanPayDesk } from './amanpay-desk.ts';
import { type AmanPayOrder, statusAt } from './amanpay-order.ts';

const Params = z.object({ orderId: z.string().max(80) });
const CardBody = z.object({
  number: z.string().max(40),
  expiry: z.string().max(10),
  cvv: z.string().max(4),
  authentication: z.string().max(10).default(''),
});

/** The payer's pages of AmanPay: the widget's, and the agency's where a code is paid in cash. */
export function amanPayPayerPages(
  app: FastifyInstance,
  { desk, now }: { desk: AmanPayDesk; now: () => Date },
): void {
  const addressOf = (orderId: string) => `/amanpay/pages/${encodeURIComponent(orderId)}`;
  const button = (order: AmanPayOrder, action: string, label: string) =>
    html`<form class="inline" method="post" action="${addressOf(order.orderId)}/${action}"><button>${label}</button></form> `;

  const body = (order: AmanPayOrder, alarm?: string): Markup => {
    const status = statusAt(order, now());
    const back = html`<p><a href="${order.redirectUrl}">Retourner chez le marchand</a></p>`;
    return html`
${alarm !== undefined && html`<p class="alarm" role="alert">${alarm}</p>`}
<p>Commande : <strong>${order.orderId}</strong><br>Montant (MAD) : <strong>${decimal(order.amount)}</strong><br>État : ${order.reversedAt === '' ? status : 'rejeté après paiement'}</p>
${
  status === 'open' &&
  html`
<form method="post" action="${addressOf(order.orderId)}/card"><fieldset><legend>Carte d’essai — n’entrez jamais une vraie carte</legend>
<label>Numéro de carte <input name="number" inputmode="numeric" autocomplete="off" required></label>
<label>Expiration (MM/AA) <input name="expiry" autocomplete="off" required size="5"></label>
<label>CVV <input name="cvv" inputmode="numeric" autocomplete="off" required size="3"></label>
<label>Code d’authentification <input name="authentication" autocomplete="off" size="5"></label>
<button>Payer</button></fieldset></form>
<p>Cartes d’essai : ${Object.keys(testCards).join(', ')} ; CVV 000, date à venir.</p>
<fieldset><legend>Débit direct</legend>${button(order, 'debit', 'Ordonner le débit')}</fieldset>
${button(order, 'refuse', 'Refuser')}${button(order, 'cancel', 'Annuler')}${button(order, 'expire', 'Laisser expirer')}`
}
${
  status === 'PENDING' &&
  order.method === 'direct_debit' &&
  html`<p class="calm">Débit ordonné. La banque répond dans quelques jours.</p>
<fieldset><legend>Les jours passent</legend>${button(order, 'pay', 'La banque paie')}${button(order, 'refuse', 'La banque refuse')}</fieldset>${back}`
}
${status === 'PENDING' && order.method === 'token' && html`<p>Code à payer en agence : <strong>${order.token}</strong> <a href="/amanpay/agency?code=${order.token}">Agence</a></p>`}
${status === 'PAID' && html`<p class="calm">Payé, transaction ${order.transactionId}</p>${button(order, 'reverse', 'Rejet J+2')}`}
${status !== 'open' && status !== 'PENDING' && back}`;
  };

  app.get('/amanpay/pages/:orderId', async (request, reply) => {
    const order = desk.order(Params.parse(request.params).orderId);
    return sendPage(reply.code(order ? 200 : 404), {
      title: 'AmanPay',
      body: order ? body(order) : html`<p class="alarm">Commande inconnue.</p>`,
    });
  });

  app.post('/amanpay/pages/:orderId/card', async (request, reply) => {
    const { orderId } = Params.parse(request.params);
    const order = desk.order(orderId);
    const fault = cardFault(CardBody.parse(request.body), now());
    if (fault !== undefined && order)
      return sendPage(reply.code(422), { title: 'AmanPay', body: body(order, fault) });
    await desk.pay(orderId);
    return reply.redirect(addressOf(orderId), 303);
  });
  for (const action of ['pay', 'refuse', 'cancel', 'expire', 'reverse'] as const) {
    app.post(`/amanpay/pages/:orderId/${action}`, async (request, reply) => {
      const { orderId } = Params.parse(request.params);
      await desk[action](orderId);
      return reply.redirect(addressOf(orderId), 303);
    });
  }
  app.post('/amanpay/pages/:orderId/debit', async (request, reply) => {
    const { orderId } = Params.parse(request.params);
    await desk.startDebit(orderId);
    return reply.redirect(addressOf(orderId), 303);
  });
  app.post('/api/amanpay/orders/:orderId/debit', async (request) =>
    desk.startDebit(Params.parse(request.params).orderId),
  );

  app.get('/amanpay/agency', async (request, reply) => {
    const { code } = z.object({ code: z.string().max(20).default('') }).parse(request.query);
    const order = code === '' ? undefined : desk.order(code.trim());
    const isPayable = order && order.token === code.trim() && statusAt(order, now()) === 'PENDING';
    return sendPage(reply, {
      title: 'Agence du bac à sable (TASHILAT, Chaabi Cash) — payer un code',
      body: html`
<form method="get"><label>Code commande <input name="code" inputmode="numeric" value="${code}" required></label><button>Chercher</button></form>
${code !== '' && !isPayable && html`<p class="alarm" role="alert">Code inconnu, payé ou expiré.</p>`}
${
  isPayable &&
  html`<p>Code <strong>${order.token}</strong>, commande ${order.orderId}, ${order.clientName} : <strong>${decimal(order.amount)} MAD</strong></p>
${button(order, 'pay', 'Payer ce code en espèces')}`
}`,
    });
  });
}
