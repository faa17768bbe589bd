import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { filledFields, options } from '../pages/fault-form.ts';
import { html, type Markup } from '../pages/html.ts';
import { sendPage } from '../pages/layout.ts';
import { decimal } from './centimes.ts';
import type { GatewaySide } from './gateway.control.ts';
import { apiModes, callbackModes, SetGatewayModeBody, setGatewayMode } from './gateway-faults.ts';

export interface GatewayPagesOptions extends GatewaySide {
  title: string;
  /** What stands above the ledger: how to come here as a payer. */
  intro: Markup;
  /** The payer's page of a payment, when there is one. */
  payerPage: (reference: string) => string | undefined;
  /** The words of the actions that this gateway has. */
  actions: Partial<Record<'pay' | 'refuse' | 'cancel' | 'expire' | 'reverse', string>>;
}

const shown = 200;
const Params = z.object({ reference: z.string().max(80) });
const actionNames = ['pay', 'refuse', 'cancel', 'expire', 'reverse'] as const;

/** The ledger, one payment and the faults of a gateway, for testers; the same for all. */
export function gatewayPages(app: FastifyInstance, side: GatewayPagesOptions): void {
  const { name, desk, courier, faults, title, actions } = side;
  const addressOf = (reference: string) => `/${name}/orders/${encodeURIComponent(reference)}`;

  app.get(`/${name}`, async (_request, reply) => {
    const entries = desk.ledger().toReversed();
    const rules = faults.rules();
    return sendPage(reply, {
      title,
      body: html`${side.intro}
<h2>Comportement</h2>
${
  rules.length === 0
    ? html`<p class="calm">Tout répond normalement.</p>`
    : rules.map(
        ({ fault, target, callsLeft }) =>
          html`<p class="alarm">${target ?? 'Tous les paiements'} : ${JSON.stringify(fault)}, ${
            callsLeft === undefined ? 'jusqu’à nouvel ordre' : `encore ${callsLeft} fois`
          }</p>`,
      )
}
<form method="post" action="/${name}/mode"><fieldset><legend>Changer</legend>
<label>Notifications <select name="callbacks">${options(callbackModes)}</select></label>
<label>Retard (ms) <input name="delayMs" type="number" min="0" max="600000"></label>
<label>Exemplaires <input name="copies" type="number" min="1" max="100"></label>
<label>Montant réellement pris (centimes) <input name="amountCentimes" type="number" min="1"></label>
<label>Capture annulée ensuite <select name="captureVoid"><option value="">non</option><option value="true">oui</option></select></label>
<label>API <select name="api">${options(apiModes)}</select></label>
<label>Retard de l’API (ms) <input name="apiDelayMs" type="number" min="0" max="120000"></label>
<label>Pendant (fois) <input name="calls" type="number" min="1"></label>
<label>Seulement pour la référence <input name="reference"></label>
<button>Appliquer</button> <button name="normal" value="true">Tout normal</button></fieldset></form>
<form class="inline" method="post" action="/${name}/release"><label>Notifications gardées
<select name="order"><option value="forward">dans l’ordre</option><option value="reverse">à l’envers</option><option value="shuffle">au hasard</option></select></label><button>Libérer</button></form>
<form class="inline" method="post" action="/${name}/settle"><button>Fin de journée : régler ce qui est pris</button></form>
<p><a href="/api/${name}/settlement.csv">Fichier de règlement du jour</a></p>
<h2>Registre (${entries.length})</h2>
<table><thead><tr><th>Référence</th><th>Canal</th><th>État</th><th>Demandé</th><th>Autorisé</th><th>Pris</th><th>Rendu</th><th>N° chez le prestataire</th><th>Changé</th></tr></thead><tbody>
${entries.slice(0, shown).map(
  (
    entry,
  ) => html`<tr><td><a href="${addressOf(entry.reference)}">${entry.reference}</a></td><td>${entry.channel}</td><td>${entry.state}</td>
<td>${decimal(entry.amount)}</td><td>${decimal(entry.authorised)}</td><td>${decimal(entry.captured)}</td><td>${decimal(entry.refunded)}</td>
<td>${entry.transactionId || entry.gatewayReference}</td><td>${entry.changedAt}</td></tr>`,
)}
</tbody></table>`,
    });
  });

  app.get(`/${name}/orders/:reference`, async (request, reply) => {
    const { reference } = Params.parse(request.params);
    const entry = desk.find(reference);
    if (!entry)
      return sendPage(reply.code(404), {
        title: 'Paiement introuvable',
        body: html`<p><a href="/${name}">Retour</a></p>`,
      });
    const payerPage = side.payerPage(reference);
    return sendPage(reply, {
      title: `${title} : ${reference}`,
      body: html`
${payerPage !== undefined && html`<p><a href="${payerPage}">La page du payeur</a></p>`}
<pre>${JSON.stringify(entry, null, 2)}</pre>
${actionNames.map((action) => {
  const label = actions[action];
  return (
    label !== undefined &&
    html`<form class="inline" method="post" action="${addressOf(reference)}/${action}"><button>${label}</button></form> `
  );
})}
<form method="post" action="${addressOf(reference)}/forge"><label>Envoyer un faux <select name="variant">${options(desk.forgeries)}</select></label><button>Envoyer</button></form>
<h2>Notifications</h2>
<table><thead><tr><th>Quand</th><th>Sorte</th><th>Adresse</th><th>État</th><th>Réponse</th></tr></thead><tbody>
${courier
  .list(reference)
  .slice(0, shown)
  .map(
    (delivery) =>
      html`<tr><td>${delivery.at}</td><td>${delivery.kind}</td><td>${delivery.url}</td><td>${delivery.state}</td><td>${delivery.status} ${delivery.answer}</td></tr>`,
  )}
</tbody></table>`,
    });
  });

  for (const action of actionNames) {
    if (actions[action] === undefined) continue;
    app.post(`/${name}/orders/:reference/${action}`, async (request, reply) => {
      const { reference } = Params.parse(request.params);
      if (action === 'pay') await desk.pay(reference);
      else await desk[action](reference);
      return reply.redirect(addressOf(reference), 303);
    });
  }
  app.post(`/${name}/orders/:reference/forge`, async (request, reply) => {
    const { reference } = Params.parse(request.params);
    const { variant } = z.object({ variant: z.enum(Object.keys(desk.forgeries)) }).parse(request.body);
    await desk.forge(reference, variant);
    return reply.redirect(addressOf(reference), 303);
  });
  app.post(`/${name}/mode`, async (request, reply) => {
    setGatewayMode(faults, SetGatewayModeBody.parse(filledFields(request.body)));
    return reply.redirect(`/${name}`, 303);
  });
  app.post(`/${name}/release`, async (request, reply) => {
    const { order } = z.object({ order: z.enum(['forward', 'reverse', 'shuffle']) }).parse(request.body);
    await courier.release(order);
    return reply.redirect(`/${name}`, 303);
  });
  app.post(`/${name}/settle`, async (_request, reply) => {
    await desk.settle();
    return reply.redirect(`/${name}`, 303);
  });
}
