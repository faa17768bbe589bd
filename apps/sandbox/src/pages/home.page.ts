import type { FastifyInstance } from 'fastify';
import { html } from './html.ts';
import { sendPage, sendStyle } from './layout.ts';

export function homePage(app: FastifyInstance): void {
  app.get('/sandbox.css', async (_request, reply) => sendStyle(reply));
  app.get('/', async (_request, reply) =>
    sendPage(reply, {
      title: 'L’autre côté',
      body: html`
<p>Tout ce que le portail appelle à l’extérieur, en faux, pour le développement, les essais et les démonstrations.</p>
<ul>
<li><a href="/inbox">E-mails</a> : tous les messages envoyés par le portail</li>
<li><a href="/badr">BADR</a> : les sociétés connues de la douane ; le ralentir, le couper, lui faire dire n’importe quoi</li>
<li><a href="/badr/received">Inscriptions reçues par BADR</a></li>
<li><a href="/badr/operations">Opérations faites par BADR</a></li>
<li><a href="/badr/calls">Derniers appels reçus par BADR</a></li>
<li><a href="/single-window">Guichet Unique</a> : les comptes ouverts pour les utilisateurs ; le ralentir, le couper, lui faire refuser quelqu’un</li>
<li><a href="/cmi">CMI</a>, <a href="/fatourati">Fatourati</a>, <a href="/amanpay">AmanPay</a> : payer, refuser, annuler, tarder, mentir ; leurs registres</li>
<li><a href="/signing">Signature</a> : faire signer un contrat, par qui il faut ou par un autre, ou l’abîmer ensuite</li>
<li><a href="/docs">API de contrôle</a> pour les tests</li>
</ul>
<form method="post" action="/reset"><button>Tout remettre à zéro</button></form>`,
    }),
  );
}
