import {
  cancelPaymentOrder,
  createPaymentOrder,
  getPaymentOrder,
  listOwnPayments as listOwnPaymentsRoute,
  listPayments as listPaymentsRoute,
  retryPaymentOrder,
} from '@rnoce/schemas';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../deps.ts';
import { issuerIdOf, operatorOf } from '../../plugins/principal.ts';
import { serve } from '../../plugins/serve.ts';
import { cancelOrder } from './cancel-order.ts';
import { createOrder } from './create-order.ts';
import { getOrder } from './get-order.ts';
import { listOwnPayments } from './list-own-payments.ts';
import { listPayments } from './list-payments.ts';
import { retryOrder } from './retry-order.ts';

export function paymentsRoutes(app: FastifyInstance, deps: Deps): void {
  serve(app, createPaymentOrder, ({ body }) => createOrder(deps, body));

  serve(app, getPaymentOrder, ({ params }) => getOrder(deps, params.id));

  serve(app, retryPaymentOrder, ({ params, body }) => retryOrder(deps, params.id, body));

  serve(app, cancelPaymentOrder, ({ params }) => cancelOrder(deps, params.id));

  serve(app, listOwnPaymentsRoute, ({ request, query }) =>
    listOwnPayments(deps, operatorOf(request).accountId, query),
  );

  serve(app, listPaymentsRoute, async ({ request, query }) => listPayments(deps, issuerIdOf(request), query));
}
