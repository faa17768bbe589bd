import {
  askFatouratiStatus,
  notifyAmanPay,
  notifyCmi,
  notifyFatouratiCancellation,
  notifyFatouratiPayment,
  type Route,
  returnFromCmi,
} from '@rnoce/schemas';
import { paymentBase } from '@rnoce/schemas/payment-paths';
import type { PaymentProvider } from '@rnoce/schemas/payment-states';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Deps } from '../../deps.ts';
import type { CallbackAnswer, GatewayNotice } from '../../integrations/payment-gateway/payment-gateway.ts';
import { serve } from '../../plugins/serve.ts';
import { answerFatouratiStatus } from './answer-status.ts';
import { leadBack } from './lead-back.ts';
import { receiveCallback } from './receive-callback.ts';
import { createRejectedBudget } from './rejected-budget.ts';

const notifications: readonly (readonly [Route, PaymentProvider, GatewayNotice])[] = [
  [notifyCmi, 'cmi', 'payment'],
  [notifyFatouratiPayment, 'fatourati', 'payment'],
  [notifyFatouratiCancellation, 'fatourati', 'cancellation'],
  [notifyAmanPay, 'amanpay', 'payment'],
];

async function send(
  reply: FastifyReply,
  { status, contentType, body }: CallbackAnswer,
): Promise<FastifyReply> {
  return await reply.code(status).type(contentType).serializer(String).send(body);
}

export function gatewaysRoutes(app: FastifyInstance, deps: Deps): void {
  const budget = createRejectedBudget(deps);
  app.addHook('onClose', budget.close);

  for (const [route, provider, notice] of notifications)
    serve(app, route, async ({ raw, request, reply }) =>
      send(
        reply,
        await receiveCallback(deps, budget, {
          provider,
          notice,
          body: raw,
          headers: request.headers,
          address: request.ip,
        }),
      ),
    );

  serve(app, askFatouratiStatus, async ({ request, reply }) =>
    send(reply, await answerFatouratiStatus(deps, new URL(request.url, 'http://portal').searchParams)),
  );

  serve(app, returnFromCmi, async ({ raw, reply }) => reply.redirect(await leadBack(deps, raw), 303));

  // « Annuler », and a browser that repeats its return without the form: nothing tells the order.
  app.get(returnFromCmi.path, { config: { page: true } }, async (_request, reply) =>
    reply.redirect(`${paymentBase}/`, 303),
  );
}
