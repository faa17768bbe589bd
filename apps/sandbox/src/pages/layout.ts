import type { FastifyReply } from 'fastify';
import { html, type Markup } from './html.ts';

const style = `
body { margin: 0; font: 15px/1.45 ui-monospace, monospace; background: #fffbe6; color: #111; }
.banner { background: repeating-linear-gradient(45deg, #ffd400 0 24px, #111 24px 48px); padding: 10px; text-align: center; }
.banner strong { background: #ffd400; padding: 4px 14px; font-size: 20px; letter-spacing: 2px; }
nav { background: #111; padding: 8px 16px; }
nav a { color: #ffd400; margin-right: 20px; }
main { max-width: 1180px; margin: 0 auto; padding: 8px 16px 60px; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #999; padding: 4px 8px; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #eee3a8; }
input, select, button { font: inherit; padding: 4px 8px; }
form { margin: 6px 0; }
form.inline { display: inline; }
fieldset { margin: 12px 0; border: 2px solid #111; }
label { display: inline-block; margin: 2px 14px 2px 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #fff; border: 1px solid #999; padding: 10px; }
iframe { width: 100%; height: 560px; border: 2px solid #111; background: #fff; }
.alarm { background: #b00020; color: #fff; padding: 6px 12px; }
.calm { background: #d9f2d9; padding: 6px 12px; }
`;

export interface PageOptions {
  title: string;
  body: Markup;
  /** The page loads itself again after that many seconds. */
  refreshSeconds?: number;
  /** Another origin to which its forms may lead: the merchant's, after a payment. */
  formAction?: string;
}

/** Sends a page of the sandbox: marked as such, without script, and unable to load anything from elsewhere. */
export function sendPage(
  reply: FastifyReply,
  { title, body, refreshSeconds, formAction = '' }: PageOptions,
): FastifyReply {
  const page = html`<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
${refreshSeconds !== undefined && html`<meta http-equiv="refresh" content="${refreshSeconds}">`}
<title>Bac à sable — ${title}</title>
<link rel="stylesheet" href="/sandbox.css">
</head>
<body>
<div class="banner"><strong>BAC À SABLE — rien ici n’est vrai</strong></div>
<nav><a href="/">Accueil</a><a href="/inbox">E-mails</a><a href="/badr">BADR</a><a href="/badr/received">Inscriptions reçues</a><a href="/badr/operations">Opérations</a><a href="/badr/calls">Appels reçus</a><a href="/single-window">Guichet Unique</a><a href="/cmi">CMI</a><a href="/fatourati">Fatourati</a><a href="/amanpay">AmanPay</a><a href="/signing">Signature</a><a href="/docs">API de contrôle</a></nav>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>`;
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header(
      'content-security-policy',
      `default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self' ${formAction}; frame-ancestors 'none'; base-uri 'none'`,
    )
    .header('cache-control', 'no-store')
    .send(page.text);
}

/** Sends the style sheet of every page. */
export const sendStyle = (reply: FastifyReply): FastifyReply =>
  reply.header('content-type', 'text/css; charset=utf-8').header('cache-control', 'max-age=60').send(style);
