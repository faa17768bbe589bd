import helmet from '@fastify/helmet';
import fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import type { Environment } from '../env.ts';
import { formOrigins, isPaymentPage } from '../gateways.ts';

type Headers = Readonly<Record<string, string>>;

/** What tells browsers to trust the answer at an address no further than needed. */
export type HeadersFor = (url: string) => Headers;

/**
 * What helmet sets for these settings. It makes its headers anew for each request, a tenth of what a search of invoices costs: so it is asked
 * once, at the start, by an instance of its own.
 */
async function headersOf(environment: Environment, formAction: readonly string[]): Promise<Headers> {
  const app = fastify();
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        frameSrc: ["'self'", 'blob:'],
        baseUri: ["'none'"],
        formAction: ["'self'", ...formAction],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: environment.PUBLIC_URL.startsWith('https://') ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'same-origin' },
  });
  app.get('/', (_request, reply) => reply.raw.getHeaders());
  const answer = await app.inject('/');
  await app.close();
  return z.record(z.string(), z.string()).parse(answer.json());
}

/** The headers of each answer for these settings; what is answered before any hook needs them too. */
export async function makeHeaders({ environment }: Pick<Deps, 'environment'>): Promise<HeadersFor> {
  const others = await headersOf(environment, []);
  // A payer's browser posts the signed form of a gateway's page; no other page posts anywhere else.
  const paymentPage = await headersOf(environment, formOrigins(environment));
  return (url) => (isPaymentPage(url) ? paymentPage : others);
}

/** Gives each answer its headers, and the id by which its lines of the log are found. */
export function secureHeaders(app: FastifyInstance, headersFor: HeadersFor): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(headersFor(request.url)).header('x-request-id', request.id);
    done();
  });
}
