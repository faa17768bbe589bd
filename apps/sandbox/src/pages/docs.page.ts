import type { FastifyInstance } from 'fastify';
import { badrModes, nonsenseVariants } from '../badr/badr-faults.ts';
import { apiModes, callbackModes } from '../gateways/gateway-faults.ts';
import { inboxModes } from '../inbox/inbox-faults.ts';
import { signingWays } from '../signing/sign-as.ts';
import { singleWindowModes, singleWindowNonsense } from '../single-window/single-window-faults.ts';
import { html } from './html.ts';
import { sendPage } from './layout.ts';

interface Entry {
  call: string;
  what: string;
}

const badrEntries: Entry[] = [
  { call: 'GET /api/badr/companies?search=&operatorType=', what: '{items} : les sociétés que BADR connaît' },
  {
    call: 'POST /api/badr/companies',
    what: 'ajoute une société ; tout champ donné est gardé, le reste est inventé (corps vide : une société au hasard) ; 201, ou 409 si l’ICE est déjà là pour ce type',
  },
  { call: 'GET /api/badr/companies/{ice}?operatorType=', what: 'une société, ou 404' },
  {
    call: 'PATCH /api/badr/companies/{ice}?operatorType=',
    what: 'tout champ, sauf ICE, type, numéro de compte et date d’inscription',
  },
  { call: 'DELETE /api/badr/companies/{ice}?operatorType=', what: '204' },
  { call: 'GET /api/badr/mode', what: '{rules} : les comportements en vigueur ; aucun = normal' },
  {
    call: 'PUT /api/badr/mode',
    what: '{mode, delayMs?, variant?, calls?, ice?} : pour les N prochains appels ou jusqu’à nouvel ordre ; pour un seul ICE ou pour tous. « normal » lève la règle de l’ICE donné, ou toutes',
  },
  {
    call: 'GET /api/badr/calls?ice=',
    what: '{items:[{at, method, url, ice, mode, status, durationMs}]}, le dernier d’abord',
  },
  { call: 'DELETE /api/badr/calls', what: '204' },
  {
    call: 'GET /api/badr/registrations?ice=',
    what: '{items:[{reference, receivedAt, accountNumber, registeredAt, record}]}, la première d’abord',
  },
  {
    call: 'GET /api/badr/operations?ice=',
    what: '{items:[{reference, appliedAt, ice, asked, operation}]} : les opérations faites, la première d’abord ; asked = combien de fois elle a été demandée',
  },
];

const singleWindowEntries: Entry[] = [
  {
    call: 'GET /api/single-window/accounts?ice=&email=',
    what: '{items:[{reference, login, openedAt, asked, opening}]} : les comptes ouverts, le premier d’abord ; asked = combien de fois il a été demandé',
  },
  { call: 'GET /api/single-window/mode', what: '{rules}' },
  {
    call: 'PUT /api/single-window/mode',
    what: '{mode, delayMs?, variant?, calls?, ice?} ; « normal » lève la règle de l’ICE donné, ou toutes',
  },
  { call: 'GET /api/single-window/marks', what: '{emails} : ceux qui sont refusés' },
  {
    call: 'PUT /api/single-window/marks',
    what: '{email, refused} : refuse cet e-mail, ou l’accepte de nouveau',
  },
  {
    call: 'PUT /api/single-window/refuse-nth',
    what: '{ice, nth} : 204 ; refuse le n-ième compte à venir de cette société, une fois',
  },
];

const inboxEntries: Entry[] = [
  {
    call: 'GET /api/inbox?to=&subject=&since=&limit=50',
    what: '{items:[{id, date, to[], from, subject, text, html, messageId, headers[{name, value}], attachments[{name, mediaType, sizeBytes}]}], total}, le dernier d’abord ; to = adresse entière, subject = partie de l’objet, since = instant RFC 3339 de réception',
  },
  {
    call: 'GET /api/inbox/{id}/attachments/{index}',
    what: 'une pièce jointe, pour les 100 derniers e-mails',
  },
  { call: 'DELETE /api/inbox', what: '204, vide la boîte' },
  { call: 'GET /api/inbox/mode', what: '{rules}' },
  {
    call: 'PUT /api/inbox/mode',
    what: '{mode, delayMs?, calls?, to?} ; « accept » lève la règle du destinataire donné, ou toutes',
  },
];

const signingEntries: Entry[] = [
  {
    call: 'POST /api/signing/sign?as=',
    what: 'le contrat en corps (application/pdf), rendu signé ; sans « as » : trusted. 422 UNSIGNABLE pour un autre PDF que ceux du portail',
  },
  {
    call: 'GET /api/signing/root.pem',
    what: 'la racine d’essai ; le même fichier, sandbox/signing/root.pem dans DATA_DIR, est ce que SIGNATURE_ROOTS désigne',
  },
];

const gatewayEntries: Entry[] = [
  {
    call: 'GET /api/{cmi|fatourati|amanpay}/orders?state=',
    what: '{items:[{reference, channel, state, amount, authorised, captured, refunded, currency, gatewayReference, transactionId, changedAt}], totals} : le registre du prestataire, en centimes',
  },
  { call: 'GET /api/{…}/orders/{reference}', what: 'un paiement, par notre référence ou la leur, ou 404' },
  {
    call: 'POST /api/{…}/orders/{reference}/pay | refuse | cancel | expire | reverse',
    what: '{entry, answers:[{status, body}]} : fait arriver cela, notifie, et rend la réponse du marchand. CMI : pay {card?}, refuse {code?} (« none » : sans code). Fatourati : pay {operator?, channel?}. 409 quand ce n’est plus possible',
  },
  {
    call: 'POST /api/{…}/orders/{reference}/forge',
    what: '{variant} : envoie un faux, sans qu’aucun argent bouge ; les variantes sont sur la page du paiement',
  },
  {
    call: 'POST /api/amanpay/orders/{reference}/debit',
    what: 'ordonne un débit direct, en attente jusqu’à pay ou refuse',
  },
  {
    call: 'POST /api/fatourati/orders/{reference}/ask-status',
    what: '{status, body} : demande au marchand où en est la commande',
  },
  {
    call: 'GET /api/cmi/orders/{reference}/return',
    what: '{url, fields} : ce que le navigateur rapporte, signé',
  },
  {
    call: 'GET /api/{…}/callbacks?reference=&limit=200',
    what: '{items, total} : les notifications, la dernière d’abord',
  },
  {
    call: 'POST /api/{…}/callbacks/release',
    what: '{order: forward | reverse | shuffle, reference?} : envoie celles que « hold » a gardées ; {answers}',
  },
  { call: 'GET /api/{…}/mode', what: '{rules}' },
  {
    call: 'PUT /api/{…}/mode',
    what: '{callbacks?, delayMs?, copies?, amountCentimes?, captureVoid?, api?, apiDelayMs?, calls?, reference?} ; {normal: true, reference?} lève la règle de la référence, ou toutes. La référence « oauth » vise le jeton de Fatourati',
  },
  { call: 'POST /api/{…}/settle', what: '{settled} : fin de journée, ce qui est pris devient réglé' },
  { call: 'GET /api/{…}/settlement.csv', what: 'le fichier de règlement' },
];

const gatewayWireEntries: Entry[] = [
  {
    call: 'POST /cmi/fim/est3Dgate',
    what: 'la page de paiement : formulaire signé ver3, depuis le navigateur',
  },
  { call: 'POST /cmi/fim/api', what: 'CC5Request : ORDERSTATUS, ORDERHISTORY, PostAuth, Void, Credit' },
  {
    call: 'POST /fatourati/realms/pay-gate-ext-qa/protocol/openid-connect/token',
    what: 'client_credentials',
  },
  {
    call: 'POST /fatourati/api/v1/merchants/{merchantCode}/stores/{store}/token ; GET tokens/{tokenRef}, orders/{orderId}/token, transactions/{n}',
    what: 'références et consultations',
  },
  { call: 'POST /amanpay/widget/', what: 'la page : formulaire signé, depuis le navigateur' },
  {
    call: 'POST /amanpay/api/v2/token ; GET /amanpay/api/v1/orders/{orderId}?merchantId=',
    what: 'codes et consultation (supposée)',
  },
];

const generalEntries: Entry[] = [
  {
    call: 'POST /api/reset',
    what: '204 : tout revient au départ (sociétés, inscriptions, comptes, e-mails, paiements, comportements)',
  },
  { call: 'GET /healthz', what: '200 quand tout est prêt' },
];

const wireEntries: Entry[] = [
  {
    call: 'GET /badr/operators?operatorType=&ice=&taxId=&rcNumber=&rcCentre=',
    what: '200 la fiche, 404 NOT_REGISTERED, 409 IDENTIFIERS_DIFFER avec fields',
  },
  {
    call: 'PUT /badr/registrations/{reference}',
    what: '201 puis 200 {accountNumber, registeredAt}, 422 REFUSED avec reason, 409 REFERENCE_ALREADY_USED',
  },
  {
    call: 'PUT /badr/operations/{reference}',
    what: '201 puis 200 {appliedAt}, 409 RECORD_CHANGED avec fields, 409 ACCOUNT_STATUS avec accountStatus, 409 REFERENCE_ALREADY_USED, 422 REFUSED avec reason',
  },
  { call: 'GET /badr/health', what: '200' },
];

const singleWindowWireEntries: Entry[] = [
  {
    call: 'PUT /single-window/accounts/{reference}',
    what: '201 puis 200 {login, openedAt}, 422 REFUSED avec reason, 409 REFERENCE_ALREADY_USED',
  },
  { call: 'GET /single-window/health', what: '200' },
];

const table = (entries: Entry[]) =>
  html`<table><tbody>${entries.map((entry) => html`<tr><th>${entry.call}</th><td>${entry.what}</td></tr>`)}</tbody></table>`;
const list = (meanings: Record<string, string>) =>
  html`<ul>${Object.entries(meanings).map(([code, meaning]) => html`<li><strong>${code}</strong> : ${meaning}</li>`)}</ul>`;

/** The documentation of the sandbox's control interface. */
export function docsPage(app: FastifyInstance): void {
  app.get('/docs', async (_request, reply) =>
    sendPage(reply, {
      title: 'API de contrôle',
      body: html`
<p>JSON dans les deux sens, sans authentification : le bac à sable n’écoute que sur cette machine. Une demande mal formée reçoit 400 et le détail.</p>
<h2>BADR, contrôle</h2>${table(badrEntries)}
<h3>Modes</h3>${list(badrModes)}
<h3>Variantes de « nonsense »</h3>${list(nonsenseVariants)}
<h2>Guichet Unique, contrôle</h2>${table(singleWindowEntries)}
<h3>Modes</h3>${list(singleWindowModes)}
<h3>Variantes de « nonsense »</h3>${list(singleWindowNonsense)}
<h2>E-mails</h2>${table(inboxEntries)}
<h3>Modes</h3>${list(inboxModes)}
<h2>Signature des contrats</h2>${table(signingEntries)}
<h3>Façons de signer</h3>${list(signingWays)}
<h2>Prestataires de paiement, contrôle</h2>${table(gatewayEntries)}
<h3>Notifications</h3>${list(callbackModes)}
<h3>API</h3>${list(apiModes)}
<h2>Général</h2>${table(generalEntries)}
<h2>BADR, tel que le portail l’appelle</h2>
<p>En-tête « Authorization: Bearer » suivi de BADR_KEY ; sinon 401.</p>${table(wireEntries)}
<h2>Guichet Unique, tel que le portail l’appelle</h2>
<p>En-tête « x-api-key » ; sinon 401.</p>${table(singleWindowWireEntries)}
<h2>Prestataires de paiement, tels que le portail les appelle</h2>${table(gatewayWireEntries)}`,
    }),
  );
}
