import type { FastifyInstance } from 'fastify';
import { faultRules, filledFields, options } from '../pages/fault-form.ts';
import { html } from '../pages/html.ts';
import { sendPage } from '../pages/layout.ts';
import type { SingleWindowControlOptions } from './single-window.control.ts';
import {
  MarkBody,
  RefuseNthBody,
  SetSingleWindowModeBody,
  singleWindowModes,
  singleWindowNonsense,
} from './single-window-faults.ts';
import type { OpenedAccount } from './single-window-store.ts';

const accountRow = ({
  login,
  openedAt,
  asked,
  reference,
  opening: { operator, user, ...rest },
}: OpenedAccount) =>
  html`<tr><td>${login}</td><td>${user.firstName} ${user.lastName}</td><td>${user.email}</td><td>${user.cin}</td>
<td>${operator.legalName}</td><td>${operator.ice}</td><td>${rest.subscriptionCode}</td><td>${openedAt}</td><td>${asked}</td><td>${reference}</td></tr>`;

/** The single window as testers see it: behaviour, refusals ordered, accounts opened. */
export function singleWindowPages(app: FastifyInstance, { store, faults }: SingleWindowControlOptions): void {
  app.get('/single-window', async (_request, reply) => {
    const marked = faults.refusedEmails();
    const accounts = store.accounts().toReversed();
    return sendPage(reply, {
      title: 'Guichet Unique',
      body: html`
<h2>Comportement</h2>
${faultRules(faults.modes.rules())}
<form method="post" action="/single-window/mode"><fieldset><legend>Changer</legend>
<label>Mode <select name="mode">${options(singleWindowModes)}</select></label>
<label>Retard (ms) <input name="delayMs" type="number" min="0" max="120000" value="8000"></label>
<label>N’importe quoi <select name="variant">${options(singleWindowNonsense)}</select></label>
<label>Pendant (appels) <input name="calls" type="number" min="1" max="10000"></label>
<label>Seulement pour l’ICE <input name="ice" pattern="[0-9]{15}" size="17"></label>
<button>Appliquer</button></fieldset></form>
<h2>Refuser un utilisateur</h2>
<form method="post" action="/single-window/marks"><input type="hidden" name="refused" value="true">
<label>E-mail <input name="email" type="email" required size="40"></label><button>Refuser</button></form>
${marked.map(
  (
    email,
  ) => html`<form method="post" action="/single-window/marks"><input type="hidden" name="email" value="${email}">
<input type="hidden" name="refused" value="false">${email} <button>Accepter de nouveau</button></form>`,
)}
<form method="post" action="/single-window/refuse-nth">
<label>Refuser le n-ième <input name="nth" type="number" min="1" max="100" required></label>
<label>à venir pour l’ICE <input name="ice" pattern="[0-9]{15}" size="17" required></label><button>Refuser</button></form>
<h2>Comptes ouverts (${accounts.length})</h2>
<table><thead><tr><th>Identifiant</th><th>Nom</th><th>E-mail</th><th>CIN</th><th>Société</th><th>ICE</th><th>Code d’abonnement</th><th>Ouvert</th><th>Demandes</th><th>Référence</th></tr></thead>
<tbody>${accounts.map(accountRow)}</tbody></table>`,
    });
  });

  app.post('/single-window/mode', async (request, reply) => {
    faults.setMode(SetSingleWindowModeBody.parse(filledFields(request.body)));
    return reply.redirect('/single-window', 303);
  });
  app.post('/single-window/marks', async (request, reply) => {
    faults.mark(MarkBody.parse(request.body));
    return reply.redirect('/single-window', 303);
  });
  app.post('/single-window/refuse-nth', async (request, reply) => {
    faults.refuseNth(RefuseNthBody.parse(request.body));
    return reply.redirect('/single-window', 303);
  });
}
