import { casablancaTime } from '@rnoce/schemas/casablanca-time';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { FaultSwitch } from '../faults/fault-switch.ts';
import { centimes } from '../gateways/centimes.ts';
import { disturbBefore, type GatewayFault, loseAnswer } from '../gateways/gateway-faults.ts';
import { html } from '../pages/html.ts';
import { sendPage } from '../pages/layout.ts';
import type { AmanPayDesk } from './amanpay-desk.ts';
import type { AmanPayMerchant } from './amanpay-merchant.ts';
import { md5, sameText, sha1Hmac, sha256Hmac, wireOrder } from './amanpay-order.ts';

export interface AmanPayWireOptions {
  merchant: AmanPayMerchant;
  desk: AmanPayDesk;
  faults: FaultSwitch<GatewayFault>;
  /** Where notifications of the widget's orders go; undefined: at the origin of their redirect address. */
  callbackUrl: string | undefined;
  now: () => Date;
}

/** The portal's address for notifications, used when none is configured: the widget's form carries none. */
const usualCallbackPath = '/api/v1/gateways/amanpay/notification';

const WidgetForm = z.object({
  merchant_id: z.string(),
  access_key: z.string(),
  amount: z.string().regex(/^[1-9]\d{0,12}$/),
  order_id: z.string().regex(/^\S{1,64}$/),
  hmac: z.string(),
  currency: z.literal('MAD'),
  redirect_url: z.url(),
  default_method: z.enum(['card', 'token', 'paydirect']).default('card'),
  client_name: z.string().default(''),
});
const compact = z.string().regex(/^\d{14}$/);
const CodeBody = z.object({
  batchId: z.uuid(),
  requestDate: compact,
  expirationDate: compact,
  organismId: z.string(),
  serviceId: z.string(),
  orderId: z.string().regex(/^\S{1,64}$/),
  orderAmount: z.string(),
  callBackUrl: z.url(),
  redirectUrl: z.string(),
  customerName: z.string(),
  tokenStatus: z.literal('ACTIVATE'),
  token: z.literal(''),
  checkSum: z.string(),
});

/** `yyyyMMddHHmmss` of Morocco, whose distance from UTC changes. */
function instantOf(text: string): string {
  const shown = text.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6');
  const asIfUtc = new Date(`${shown}Z`).getTime();
  const hour = 3_600_000;
  const found = [asIfUtc, asIfUtc - hour].find((instant) => casablancaTime(new Date(instant)) === shown);
  return new Date(found ?? asIfUtc).toISOString();
}

/** AmanPay as browsers and the portal call it: the widget's page, the codes' API, and the inquiry of the assumed contract. */
export function amanPayWire(app: FastifyInstance, options: AmanPayWireOptions): void {
  const { merchant, desk, faults, now } = options;

  app.post('/widget/', async (request, reply) => {
    const refuse = (message: string) =>
      sendPage(reply.code(400), { title: 'AmanPay', body: html`<p class="alarm">${message}</p>` });
    const parsed = WidgetForm.safeParse(request.body);
    if (!parsed.success) return refuse(z.prettifyError(parsed.error));
    const form = parsed.data;
    const text = `${form.merchant_id}:${form.order_id}:${form.amount}:${form.currency}`;
    if (form.merchant_id !== merchant.merchantId || !sameText(form.access_key, merchant.accessKey))
      return refuse('Marchand inconnu.');
    if (!sameText(form.hmac, sha1Hmac(text, merchant.secret))) return refuse('Le hmac est faux.');
    const opened = await desk.open({
      orderId: form.order_id,
      amount: Number(form.amount),
      method: form.default_method === 'paydirect' ? 'direct_debit' : form.default_method,
      callbackUrl: options.callbackUrl ?? new URL(usualCallbackPath, form.redirect_url).href,
      redirectUrl: form.redirect_url,
      clientName: form.client_name,
    });
    if (!opened) return refuse('Cette commande est terminée, ou demandait un autre montant.');
    return reply.redirect(`/amanpay/pages/${encodeURIComponent(opened.orderId)}`, 303);
  });

  app.post('/api/v2/token', async (request, reply) => {
    const about = z.object({ orderId: z.string() }).safeParse(request.body);
    const fault = faults.take(about.data?.orderId ?? '');
    if (await disturbBefore(fault, request, reply)) return reply;
    const refuse = (status: number, code: string, message: string) =>
      reply.code(status).send({ code, message });
    const parsed = CodeBody.safeParse(request.body);
    if (!parsed.success) return refuse(400, 'BAD_REQUEST', z.prettifyError(parsed.error));
    const body = parsed.data;
    const expected = md5(
      `${body.requestDate}${body.organismId}${body.serviceId}${body.orderId}${merchant.codeSecret}`,
    );
    const amount = centimes(body.orderAmount);
    const isOurs = body.organismId === merchant.organismId && body.serviceId === merchant.serviceId;
    if (!isOurs || !sameText(body.checkSum, expected))
      return refuse(400, 'BAD_CHECKSUM', 'checkSum is wrong');
    if (amount === undefined || amount === 0) return refuse(400, 'BAD_AMOUNT', 'orderAmount is wrong');
    const created = await desk.createCode({
      orderId: body.orderId,
      amount,
      callbackUrl: body.callBackUrl,
      redirectUrl: body.redirectUrl,
      clientName: body.customerName,
      expiresAt: instantOf(body.expirationDate),
    });
    if (!created) return refuse(409, 'ORDER_EXISTS', 'This order has a code already');
    if (loseAnswer(fault, request, reply)) return reply;
    return { ...body, token: created.token };
  });

  app.get('/api/v1/orders/:orderId', async (request, reply) => {
    const { orderId } = z.object({ orderId: z.string() }).parse(request.params);
    const { merchantId } = z.object({ merchantId: z.string().default('') }).parse(request.query);
    const hmac = request.headers['x-hmac'];
    const expected = sha256Hmac(`${merchantId}:${orderId}`, merchant.notificationSecret);
    if (typeof hmac !== 'string' || merchantId !== merchant.merchantId || !sameText(hmac, expected))
      return reply.code(401).send({ code: 'UNAUTHORISED' });
    if (await disturbBefore(faults.take(orderId), request, reply)) return reply;
    const order = desk.order(orderId);
    if (!order || order.orderId !== orderId) return reply.code(404).send({ code: 'NOT_FOUND' });
    return wireOrder(order, merchant.merchantId, now());
  });
}
