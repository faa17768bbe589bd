import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { UnsignablePdf } from './pdf-update.ts';
import { type SigningWay, signAs, signingWays } from './sign-as.ts';
import type { SigningAuthority } from './signing-authority.ts';

export interface SigningOptions {
  authority: SigningAuthority;
  now: () => Date;
}

/** Largest contract that is signed, in bytes. */
export const maxContractBytes = 3 * 1024 * 1024;

export const SigningWayName = z.enum(Object.keys(signingWays) as [SigningWay, ...SigningWay[]]);

/** Answers with a signed contract, or says why the file can't be signed. */
export async function sendSigned(
  reply: FastifyReply,
  { authority, now }: SigningOptions,
  way: SigningWay,
  pdf: Buffer,
): Promise<FastifyReply> {
  try {
    const signed = signAs(way, pdf, authority, now());
    return await reply
      .header('content-type', 'application/pdf')
      .header('content-disposition', `attachment; filename="contrat-signe-${way}.pdf"`)
      .send(signed);
  } catch (error) {
    if (!(error instanceof UnsignablePdf)) throw error;
    return await reply.code(422).send({ code: 'UNSIGNABLE', message: error.message });
  }
}

/** The JSON control of the signer's key, for tests: a contract comes in as its bytes, and goes back signed. */
export function signingControl(app: FastifyInstance, options: SigningOptions): void {
  app.get('/api/signing/root.pem', async (_request, reply) =>
    reply.header('content-type', 'application/x-pem-file').send(options.authority.root.certificate),
  );
  app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/pdf',
      { parseAs: 'buffer', bodyLimit: maxContractBytes },
      (_request, body, done) => done(null, body),
    );
    scope.post('/api/signing/sign', async (request, reply) => {
      const { as } = z.object({ as: SigningWayName.default('trusted') }).parse(request.query);
      return await sendSigned(reply, options, as, z.instanceof(Buffer).parse(request.body));
    });
  });
}
