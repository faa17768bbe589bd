import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { FaultSwitch } from '../faults/fault-switch.ts';
import { faultRules, filledFields, options } from '../pages/fault-form.ts';
import { html } from '../pages/html.ts';
import { sendPage } from '../pages/layout.ts';
import { type InboxFault, inboxModes, SetInboxModeBody, setInboxMode } from './inbox-faults.ts';
import { linksOf } from './mail.ts';
import type { MailStore } from './mail-store.ts';

export interface InboxPagesOptions {
  store: MailStore;
  faults: FaultSwitch<InboxFault>;
}

const shown = 200;
const refreshSeconds = 5;
const newTab = '<base target="_blank">';
const withLinksInNewTab = (markup: string) =>
  /<head[\s>]/i.test(markup)
    ? markup.replace(/<head(\s[^>]*)?>/i, (head) => `${head}${newTab}`)
    : `${newTab}${markup}`;

const MailParams = z.object({ id: z.string() });

/** The inbox as people read it: the list, one mail, the mode of the SMTP server. */
export function inboxPages(app: FastifyInstance, { store, faults }: InboxPagesOptions): void {
  app.get('/inbox', async (request, reply) => {
    const { to } = z.object({ to: z.string().default('') }).parse(request.query);
    const mails = store.list({ to });
    return sendPage(reply, {
      title: 'E-mails',
      refreshSeconds,
      body: html`
<p>Tous les e-mails envoyés arrivent ici ; aucun ne part. La page se recharge toutes les ${refreshSeconds} secondes.</p>
<form method="get"><label>Destinataire <input name="to" type="email" size="40" value="${to}"></label><button>Filtrer</button> <a href="/inbox">Tout voir</a></form>
<p>${mails.length} e-mail(s)${mails.length > shown && `, les ${shown} derniers sont montrés`}</p>
<table><thead><tr><th>Reçu</th><th>À</th><th>Objet</th></tr></thead><tbody>
${mails
  .slice(0, shown)
  .map(
    (mail) =>
      html`<tr><td>${mail.date}</td><td>${mail.to.join(', ')}</td><td><a href="/inbox/${mail.id}" dir="auto">${mail.subject || '(sans objet)'}</a></td></tr>`,
  )}
</tbody></table>
<h2>Serveur SMTP</h2>
${faultRules(faults.rules())}
<form method="post" action="/inbox/mode"><fieldset><legend>Comportement</legend>
<label>Mode <select name="mode">${options(inboxModes)}</select></label>
<label>Retard (ms) <input name="delayMs" type="number" min="0" max="120000" value="8000"></label>
<label>Pendant (appels) <input name="calls" type="number" min="1" max="10000"></label>
<label>Seulement pour <input name="to" type="email"></label>
<button>Appliquer</button></fieldset></form>
<form method="post" action="/inbox/clear"><button>Vider la boîte</button></form>`,
    });
  });

  app.get('/inbox/:id', async (request, reply) => {
    const mail = store.find(MailParams.parse(request.params).id);
    if (!mail)
      return sendPage(reply.code(404), {
        title: 'E-mail introuvable',
        body: html`<p><a href="/inbox">Retour</a></p>`,
      });
    const links = linksOf(mail);
    return sendPage(reply, {
      title: mail.subject || '(sans objet)',
      body: html`
<table><tbody>
<tr><th>De</th><td>${mail.from}</td></tr>
<tr><th>À</th><td>${mail.to.map((to) => html`<a href="/inbox?to=${encodeURIComponent(to)}">${to}</a> `)}</td></tr>
<tr><th>Reçu</th><td>${mail.date}</td></tr>
<tr><th>Message-ID</th><td>${mail.messageId}</td></tr>
</tbody></table>
${links.length > 0 && html`<h2>Liens</h2><ul>${links.map((link) => html`<li><a href="${link}" target="_blank" rel="noopener noreferrer">${link}</a></li>`)}</ul>`}
${
  mail.attachments.length > 0 &&
  html`<h2>Pièces jointes</h2><ul>${mail.attachments.map((attachment, index) => html`<li><a href="/api/inbox/${mail.id}/attachments/${index}" target="_blank" rel="noopener noreferrer">${attachment.name}</a> (${attachment.mediaType}, ${attachment.sizeBytes} octets)</li>`)}</ul>`
}
${mail.html !== '' && html`<h2>Partie HTML</h2><iframe src="/inbox/${mail.id}/html" title="Partie HTML de l’e-mail" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`}
<h2>Partie texte</h2><pre dir="auto">${mail.text || '(aucune)'}</pre>
<h2>En-têtes</h2><table><tbody>${mail.headers.map((header) => html`<tr><th>${header.name}</th><td>${header.value}</td></tr>`)}</tbody></table>`,
    });
  });

  // Mails are strangers' markup: no script, no form, no origin, nothing loaded from elsewhere; links open in a new tab.
  app.get('/inbox/:id/html', async (request, reply) => {
    const mail = store.find(MailParams.parse(request.params).id);
    return reply
      .code(mail ? 200 : 404)
      .header('content-type', 'text/html; charset=utf-8')
      .header(
        'content-security-policy',
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'self'",
      )
      .header('cache-control', 'no-store')
      .send(mail ? withLinksInNewTab(mail.html) : '');
  });

  app.post('/inbox/mode', async (request, reply) => {
    setInboxMode(faults, SetInboxModeBody.parse(filledFields(request.body)));
    return reply.redirect('/inbox', 303);
  });
  app.post('/inbox/clear', async (_request, reply) => {
    await store.clear();
    return reply.redirect('/inbox', 303);
  });
}
