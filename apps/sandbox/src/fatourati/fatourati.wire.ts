import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { FaultSwitch } from '../faults/fault-switch.ts';
import { decimal } from '../gateways/centimes.ts';
import { disturbBefore, type GatewayFault, loseAnswer } from '../gateways/gateway-faults.ts';
import { placeholderImage } from '../gateways/placeholder-image.ts';
import type { FatouratiDesk } from './fatourati-desk.ts';
import type { FatouratiMerchant } from './fatourati-merchant.ts';
import { type FatouratiOrder, fatouratiHmac, statusAt } from './fatourati-order.ts';

export interface FatouratiWireOptions {
  merchant: FatouratiMerchant;
  desk: FatouratiDesk;
  faults: FaultSwitch<GatewayFault>;
  now: () => Date;
}

const tokenSeconds = 300;

const date = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
const CreateBody = z.object({
  orderId: z.string().regex(/^\S{1,64}$/),
  orderDate: date,
  expiryDate: date,
  totalAmount: z.number().positive(),
  currency: z.literal('504'),
  paymentMode: z.literal('MULTI_CANAL'),
  paymentType: z.literal('TOTAL'),
  cashierId: z.string().min(1),
  items: z.array(z.object({ id: z.string(), amount: z.number() })).min(1),
  clientInfo: z.object({ name: z.string().min(1), email: z.string().min(3) }),
  orderLinks: z.object({ callbackURL: z.url(), checkStatusURL: z.url(), cancelURL: z.url() }),
  isCancellable: z.literal(true),
});
const Store = z.object({ merchantCode: z.string(), store: z.string() });

const sameText = (left: string, right: string) =>
  left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
const notFound = (reply: FastifyReply) =>
  reply.code(404).send({ code: 'NOT_FOUND', message: 'Not found', timestamp: new Date().toISOString() });

const tokenOf = (order: FatouratiOrder, now: Date) => {
  const paid = order.transactions.filter(({ status }) => status === 'PAID');
  return {
    tokenRef: order.tokenRef,
    orderId: order.orderId,
    amount: Number(decimal(order.amount)),
    currency: '504',
    status: statusAt(order, now),
    expiresAt: order.expiresAt.slice(0, 19),
    createdAt: order.createdAt.slice(0, 19),
    paidAmount: Number(decimal(paid.reduce((sum, { amount }) => sum + amount, 0))),
    refundedAmount: 0,
    transactions: order.transactions.map(({ number }) => ({ fatouratiTransactionNumber: number })),
    channels: order.transactions.map(({ channel }) => channel),
  };
};

/** Fatourati as the portal calls it: OAuth2 tokens, references, inquiries. */
export function fatouratiWire(app: FastifyInstance, options: FatouratiWireOptions): void {
  const { merchant, desk, faults, now } = options;
  /** Access tokens given, with the instant when each ends. */
  const given = new Map<string, number>();

  app.post('/realms/pay-gate-ext-qa/protocol/openid-connect/token', async (request, reply) => {
    const fault = faults.take('oauth', { everyone: false });
    if (await disturbBefore(fault, request, reply)) return reply;
    const body = z
      .object({ grant_type: z.string(), client_id: z.string(), client_secret: z.string() })
      .safeParse(request.body);
    const isKnown =
      body.data?.grant_type === 'client_credentials' &&
      sameText(body.data.client_id, merchant.clientId) &&
      sameText(body.data.client_secret, merchant.clientSecret);
    if (!isKnown) return reply.code(401).send({ error: 'invalid_client' });
    const token = randomBytes(24).toString('base64url');
    for (const [old, until] of given) if (until <= now().getTime()) given.delete(old);
    given.set(token, now().getTime() + tokenSeconds * 1_000);
    return { access_token: token, token_type: 'Bearer', expires_in: tokenSeconds };
  });

  /** The store's API wants a token, the right merchant and store; then comes the fault. Undefined when it has been answered. */
  const enter = async (
    request: FastifyRequest,
    reply: FastifyReply,
    reference: string,
  ): Promise<GatewayFault | undefined> => {
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    if ((given.get(token) ?? 0) <= now().getTime()) {
      await reply.code(401).send({ code: 'UNAUTHORIZED', message: 'Invalid token' });
      return undefined;
    }
    const { merchantCode, store } = Store.parse(request.params);
    if (merchantCode !== merchant.merchantCode || store !== merchant.store) {
      await reply.code(403).send({ code: 'FORBIDDEN', message: 'Unknown store' });
      return undefined;
    }
    const fault = faults.take(reference);
    return (await disturbBefore(fault, request, reply)) ? undefined : fault;
  };

  const base = '/api/v1/merchants/:merchantCode/stores/:store';
  app.post(`${base}/token`, async (request, reply) => {
    const about = z.object({ orderId: z.string() }).safeParse(request.body);
    const fault = await enter(request, reply, about.data?.orderId ?? '');
    if (!fault) return reply;
    const refuse = (status: number, code: string, message: string) =>
      reply.code(status).send({ code, message, timestamp: now().toISOString() });
    const parsed = CreateBody.safeParse(request.body);
    if (!parsed.success) return refuse(400, 'INVALID_BODY', z.prettifyError(parsed.error));
    const order = parsed.data;
    const amount = Math.round(order.totalAmount * 100);
    const expected = fatouratiHmac(
      [
        decimal(amount),
        order.currency,
        merchant.merchantCode,
        merchant.store,
        order.orderId,
        order.cashierId,
        order.paymentMode,
        'true',
        order.expiryDate,
      ],
      merchant.storeApiKey,
    );
    const signature = request.headers['x-signature'];
    if (typeof signature !== 'string') return refuse(400, 'MISSING_SIGNATURE', 'x-signature is missing');
    if (!sameText(signature, expected)) return refuse(400, 'SIGNATURE_INVALID', 'x-signature is wrong');
    const total = order.items.reduce((sum, item) => sum + Math.round(item.amount * 100), 0);
    if (total !== amount) return refuse(400, 'INVALID_BODY', 'The items do not add up');
    const created = await desk.create({
      orderId: order.orderId,
      amount,
      expiresAt: `${order.expiryDate}.000Z`,
      ...order.orderLinks,
      clientName: order.clientInfo.name,
    });
    if (!created) return refuse(409, 'ORDER_EXISTS', 'This order has a token already');
    if (loseAnswer(fault, request, reply)) return reply;
    return {
      status: 'SUCCESS',
      orderId: created.orderId,
      tokenRef: created.tokenRef,
      qrCode: placeholderImage(created.tokenRef),
      refPaymentSystems: [
        { description: 'Banque du Bac à Sable', urlSite: 'https://banque.example', urlLogo: '' },
        { description: 'Portefeuille du Bac à Sable', urlSite: 'https://wallet.example', urlLogo: '' },
      ],
    };
  });

  const answerToken = (find: (params: unknown) => string) =>
    async function answer(request: FastifyRequest, reply: FastifyReply) {
      const reference = find(request.params);
      const order = desk.order(reference);
      if (!(await enter(request, reply, order?.orderId ?? reference))) return reply;
      return order ? tokenOf(order, now()) : notFound(reply);
    };
  app.get(
    `${base}/tokens/:tokenRef`,
    answerToken((params) => z.object({ tokenRef: z.string() }).parse(params).tokenRef),
  );
  app.get(
    `${base}/orders/:orderId/token`,
    answerToken((params) => z.object({ orderId: z.string() }).parse(params).orderId),
  );
  app.get(`${base}/transactions/:number`, async (request, reply) => {
    const { number } = z.object({ number: z.string() }).parse(request.params);
    const found = desk.transaction(number);
    if (!(await enter(request, reply, found?.order.orderId ?? number))) return reply;
    if (!found) return notFound(reply);
    const { order, transaction } = found;
    return {
      orderId: order.orderId,
      merchantCode: merchant.merchantCode,
      store: merchant.store,
      currency: '504',
      transactionDate: transaction.at,
      fatouratiTransactionNumber: transaction.number,
      status: transaction.status,
      paidAmount: transaction.status === 'PAID' ? Number(decimal(transaction.amount)) : 0,
      refundedAmount: 0,
    };
  });
}
