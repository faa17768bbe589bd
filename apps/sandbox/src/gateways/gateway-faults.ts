import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { delay } from '../faults/delay.ts';
import { FaultSwitch } from '../faults/fault-switch.ts';

export const callbackModes = {
  send: 'notifie normalement',
  silent: 'ne notifie jamais',
  hold: 'garde les notifications jusqu’à « libérer » (pour les réordonner)',
} as const;

export const apiModes = {
  normal: 'l’API répond normalement',
  slow: 'l’API répond tard',
  down: 'l’API coupe la connexion',
  lost: 'l’API fait ce qui est demandé, puis coupe avant de répondre',
  error: 'l’API répond 500',
  nonsense: 'l’API répond n’importe quoi',
} as const;

const names = <K extends string>(modes: Record<K, string>) => Object.keys(modes) as [K, ...K[]];

/** How a gateway misbehaves; several at once. The defaults are the normal behaviour. */
export const GatewayFault = z.object({
  callbacks: z.enum(names(callbackModes)).default('send'),
  /** Notifications leave after that many milliseconds, in the background. */
  delayMs: z.coerce.number().int().min(0).max(600_000).default(0),
  /** Each notification is sent that many times, at once. */
  copies: z.coerce.number().int().min(1).max(100).default(1),
  /** What is really authorised or paid, in centimes, instead of what was asked. */
  amountCentimes: z.coerce.number().int().min(1).max(99_999_999_999).optional(),
  /** CMI: what is captured turns out void. */
  captureVoid: z.stringbool().or(z.boolean()).default(false),
  api: z.enum(names(apiModes)).default('normal'),
  apiDelayMs: z.coerce.number().int().min(0).max(120_000).default(8_000),
});
export type GatewayFault = z.infer<typeof GatewayFault>;

export const normalGateway: GatewayFault = GatewayFault.parse({});
export const createGatewayFaults = (): FaultSwitch<GatewayFault> => new FaultSwitch(normalGateway);

export const SetGatewayModeBody = z.strictObject({
  ...GatewayFault.shape,
  /** Back to normal, for the reference or altogether. */
  normal: z.stringbool().or(z.boolean()).default(false),
  calls: z.coerce.number().int().min(1).max(100_000).optional(),
  reference: z.string().max(80).optional(),
});

export function setGatewayMode(
  faults: FaultSwitch<GatewayFault>,
  body: z.infer<typeof SetGatewayModeBody>,
): void {
  const { normal, calls, reference, ...fault } = body;
  if (normal) {
    faults.clear(reference);
    return;
  }
  faults.set({
    fault,
    ...(reference !== undefined && { target: reference }),
    ...(calls !== undefined && { callsLeft: calls }),
  });
}

const cut = (request: FastifyRequest, reply: FastifyReply) => {
  void reply.hijack();
  request.raw.socket.destroy();
};

/** Applies the API's fault before a call is worked on; true when it has been answered, or cut. */
export async function disturbBefore(
  fault: GatewayFault,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<boolean> {
  switch (fault.api) {
    case 'normal':
    case 'lost':
      return false;
    case 'slow':
      await delay(request, fault.apiDelayMs);
      return false;
    case 'down':
      cut(request, reply);
      return true;
    case 'error':
      await reply.code(500).send({ code: 'INTERNAL', message: 'Connection pool exhausted' });
      return true;
    case 'nonsense':
      await reply.code(200).type('text/html; charset=utf-8').send('<!doctype html><h1>Maintenance</h1>');
      return true;
  }
}

/** Applies the API's fault once the work is done; true when the answer is lost. */
export function loseAnswer(fault: GatewayFault, request: FastifyRequest, reply: FastifyReply): boolean {
  if (fault.api !== 'lost') return false;
  cut(request, reply);
  return true;
}
