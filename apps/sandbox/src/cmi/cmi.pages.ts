import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { decimal } from '../gateways/centimes.ts';
import { DeskError } from '../gateways/gateway-desk.ts';
import { cardFault, testCards } from '../gateways/test-cards.ts';
import { html, type Markup } from '../pages/html.ts';
import { sendPage } from '../pages/layout.ts';
import type { CmiDesk } from './cmi-desk.ts';
import { requestValue } from './cmi-order.ts';

const Params = z.object({ oid: z.string().max(80) });
const CardBody = z.object({
  number: z.string().max(40),
  expiry: z.string().max(10),
  cvv: z.string().max(4),
  authentication: z.string().max(10).default(''),
});

/** The payer's page of CMI, marked as a sandbox's, and the form that takes the browser back. */
export function cmiPayerPages(app: FastifyInstance, { desk, now }: { desk: CmiDesk; now: () => Date }): void {
  const addressOf = (oid: string) => `/cmi/pages/${encodeURIComponent(oid)}`;

  const paymentForm = (oid: string, alarm: string | undefined): Markup => {
    const order = desk.order(oid);
    if (!order) return html`<p class="alarm">Commande inconnue.</p>`;
    return html`
${alarm !== undefined && html`<p class="alarm" role="alert">${alarm}</p>`}
<p>Commande <strong>${oid}</strong>, montant <strong>${decimal(order.amount)} MAD</strong></p>
<form method="post" action="${addressOf(oid)}/pay"><fieldset><legend>Carte d’essai — n’entrez jamais une vraie carte</legend>
<label>Numéro de carte <input name="number" inputmode="numeric" autocomplete="off" required list="cards"></label>
<datalist id="cards">${Object.keys(testCards).map((card) => html`<option value="${card}"></option>`)}</datalist>
<label>Expiration (MM/AA) <input name="expiry" autocomplete="off" required size="5"></label>
<label>CVV <input name="cvv" inputmode="numeric" autocomplete="off" required size="3"></label>
<label>Code d’authentification, si la carte en veut un <input name="authentication" autocomplete="off" size="5"></label>
<button>Payer</button></fieldset></form>
<form class="inline" method="post" action="${addressOf(oid)}/refuse"><label for="refusal">Motif du refus</label> <select id="refusal" name="code"><option value="05">05 refusé</option><option value="51">51 provision</option><option value="54">54 carte expirée</option><option value="82">82 CVV</option><option value="91">91 émetteur absent</option><option value="99">99 plateforme</option><option value="none">sans code</option></select> <button>Refuser cet essai</button></form>
<form class="inline" method="post" action="${addressOf(oid)}/expire"><button>Laisser expirer</button></form>
<form class="inline" method="post" action="${addressOf(oid)}/cancel"><button>Annuler</button></form>
${order.state === 'D' && html`<p><a href="${addressOf(oid)}/result">Abandonner et retourner chez le marchand</a></p>`}
<p>Cartes d’essai : ${Object.entries(testCards).map(
      ([number, card]) =>
        html`<br>${number} (${card.brand}${card.authentication !== undefined && html`, code ${card.authentication}`})`,
    )}<br>CVV 000, date à venir.</p>`;
  };

  app.get('/cmi/pages/:oid', async (request, reply) => {
    const { oid } = Params.parse(request.params);
    const order = desk.order(oid);
    const isOpen = order && ['open', 'D', 'PN'].includes(order.state);
    if (order && !isOpen) return reply.redirect(`${addressOf(oid)}/result`, 303);
    return sendPage(reply.code(order ? 200 : 404), {
      title: 'CMI — paiement par carte',
      body: paymentForm(
        oid,
        order?.state === 'D' ? 'Paiement refusé. Vous pouvez essayer encore.' : undefined,
      ),
    });
  });

  app.post('/cmi/pages/:oid/pay', async (request, reply) => {
    const { oid } = Params.parse(request.params);
    const card = CardBody.parse(request.body);
    const fault = cardFault(card, now());
    if (fault !== undefined)
      return sendPage(reply.code(422), {
        title: 'CMI — paiement par carte',
        body: paymentForm(oid, fault),
      });
    await desk.pay(oid, { card: card.number.replaceAll(/[ -]/g, '') });
    return reply.redirect(`${addressOf(oid)}/result`, 303);
  });
  app.post('/cmi/pages/:oid/refuse', async (request, reply) => {
    const { oid } = Params.parse(request.params);
    const { code } = z.object({ code: z.string().max(4).optional() }).parse(request.body ?? {});
    await desk.refuse(oid, code);
    return reply.redirect(addressOf(oid), 303);
  });
  for (const action of ['cancel', 'expire'] as const) {
    app.post(`/cmi/pages/:oid/${action}`, async (request, reply) => {
      const { oid } = Params.parse(request.params);
      await desk[action](oid);
      return reply.redirect(`${addressOf(oid)}/result`, 303);
    });
  }

  app.get('/cmi/pages/:oid/result', async (request, reply) => {
    const { oid } = Params.parse(request.params);
    const order = desk.order(oid);
    if (!order) throw new DeskError('Commande inconnue.', 404);
    if (order.state === 'cancelled' || order.state === 'expired') {
      return sendPage(reply, {
        title: order.state === 'cancelled' ? 'Paiement annulé' : 'La page a expiré',
        body: html`<p><a href="${requestValue(order, 'shopurl')}">Retourner chez le marchand</a></p>`,
      });
    }
    const { url, fields } = desk.returnForm(oid);
    const titles: Partial<Record<typeof order.state, string>> = {
      C: 'Paiement accepté',
      S: 'Paiement accepté',
      D: 'Paiement refusé',
      A: 'Paiement enregistré, sans capture pour le moment',
    };
    return sendPage(reply, {
      title: titles[order.state] ?? 'Paiement non abouti',
      formAction: new URL(url).origin,
      body: html`<p>Commande ${oid}, ${decimal(order.amount)} MAD, transaction ${order.transId}</p>
<form method="post" action="${url}">${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}<button>Retourner chez le marchand</button></form>`,
    });
  });

  app.get('/api/cmi/orders/:oid/return', async (request) => {
    const { oid } = Params.parse(request.params);
    return desk.returnForm(oid);
  });
}
