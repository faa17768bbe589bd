import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { options as choices } from '../pages/fault-form.ts';
import { html } from '../pages/html.ts';
import { sendPage } from '../pages/layout.ts';
import { signingWays } from './sign-as.ts';
import { maxContractBytes, type SigningOptions, SigningWayName, sendSigned } from './signing.control.ts';

const SignForm = z.object({ as: SigningWayName, contract: z.instanceof(File) });

/** A page where a tester has a contract signed, in every way that the portal must tell apart. */
export function signingPages(app: FastifyInstance, options: SigningOptions): void {
  app.get('/signing', async (_request, reply) =>
    sendPage(reply, {
      title: 'Signer un contrat',
      body: html`
<p>La clé de signature d’un opérateur, en faux. Téléchargez le contrat depuis le portail, choisissez-le ici : le fichier signé revient, à déposer dans le portail à l’étape « Contrat ».</p>
<form method="post" action="/signing" enctype="multipart/form-data"><fieldset><legend>Contrat à signer</legend>
<label>Contrat (PDF) <input name="contract" type="file" accept="application/pdf" required></label>
<label>Signé par <select name="as">${choices(signingWays)}</select></label>
<button>Signer</button></fieldset></form>
<p>Le portail doit faire confiance à la <a href="/api/signing/root.pem">racine de ce bac à sable</a> : « npm start » le fait (SIGNATURE_ROOTS).</p>`,
    }),
  );

  app.register(async (scope) => {
    scope.addContentTypeParser(
      'multipart/form-data',
      { parseAs: 'buffer', bodyLimit: maxContractBytes + 65_536 },
      async (request: FastifyRequest, body: Buffer) => {
        const headers = { 'content-type': request.headers['content-type'] ?? '' };
        return Object.fromEntries(await new Response(new Uint8Array(body), { headers }).formData());
      },
    );
    scope.post('/signing', async (request, reply) => {
      const { as, contract } = SignForm.parse(request.body);
      return await sendSigned(reply, options, as, Buffer.from(await contract.arrayBuffer()));
    });
  });
}
