import type { FastifyInstance } from 'fastify';
import type { FaultSwitch } from '../faults/fault-switch.ts';
import { centimes } from '../gateways/centimes.ts';
import { DeskError } from '../gateways/gateway-desk.ts';
import { disturbBefore, type GatewayFault, loseAnswer } from '../gateways/gateway-faults.ts';
import { html } from '../pages/html.ts';
import { sendPage } from '../pages/layout.ts';
import type { CmiDesk } from './cmi-desk.ts';
import { isRightHash } from './cmi-hash.ts';
import type { CmiMerchant } from './cmi-merchant.ts';
import type { CmiOrder } from './cmi-order.ts';

export interface CmiWireOptions {
  merchant: CmiMerchant;
  desk: CmiDesk;
  faults: FaultSwitch<GatewayFault>;
}

const xmlText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const element = (name: string, content: string | number) => `<${name}>${content}</${name}>`;
const tagOf = (source: string, name: string) =>
  new RegExp(`<${name}>([^<]{0,100})</${name}>`).exec(source)?.[1]?.trim() ?? '';

interface Result {
  code: string;
  error?: string;
  extra?: string;
  order?: CmiOrder;
}

function responseXml(oid: string, { code, error = '', extra = '', order }: Result): string {
  const number = /\d{4}$/.exec(error)?.[0];
  return `<?xml version="1.0" encoding="ISO-8859-9"?>${element(
    'CC5Response',
    [
      element('OrderId', xmlText(oid)),
      element('GroupId', xmlText(oid)),
      element('Response', code === '00' ? 'Approved' : 'Error'),
      element('AuthCode', order?.authCode ?? ''),
      element('HostRefNum', order?.hostRefNum ?? ''),
      element('ProcReturnCode', code),
      element('TransId', order?.transId ?? ''),
      element('ErrMsg', xmlText(error)),
      element('Extra', `${extra}${number === undefined ? '' : element('ERRORCODE', number)}`),
    ].join(''),
  )}`;
}

/** What `ORDERSTATUS` shows; amounts in whole centimes. Nothing for a page that nobody paid or was refused on. */
function statusOf(order: CmiOrder): Result {
  if (order.state === 'open' || order.state === 'cancelled' || order.state === 'expired')
    return { code: '99', error: 'CORE-2008' };
  const isRefunded = order.refunded > 0;
  const extra = [
    element('ORDERSTATUS', 'QUERY'),
    element('TRANS_STAT', order.state),
    element('CHARGE_TYPE_CD', isRefunded ? 'C' : 'S'),
    element('ORIG_TRANS_AMT', isRefunded ? order.refunded : order.authorised || order.amount),
    element('CAPTURE_AMT', order.captured),
    element('AUTH_DTTM', order.openedAt),
    element('AUTH_CODE', order.authCode),
    element('HOST_REF_NUM', order.hostRefNum),
    element('PAN', order.maskedPan),
    element('NUMCODE', '0'),
  ].join('');
  return { code: order.state === 'D' ? '05' : '00', extra, order };
}

function historyOf(order: CmiOrder): Result {
  const lines = order.movements.map((movement, index) => {
    const { kind, stat, amount, captured, at, code, transId } = movement;
    const values = [
      kind,
      stat,
      amount,
      captured,
      at,
      '',
      '',
      order.hostRefNum,
      order.authCode,
      code,
      transId,
    ];
    return element(`TRX${index + 1}`, values.join('\t'));
  });
  return { code: '00', extra: `${element('TRXCOUNT', lines.length)}${lines.join('')}`, order };
}

/** CMI as browsers and the portal call it: the hosted page's entrance and the XML API. */
export function cmiWire(app: FastifyInstance, { merchant, desk, faults }: CmiWireOptions): void {
  app.removeContentTypeParser('application/x-www-form-urlencoded');
  // As pairs: a repeated name must be seen.
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      done(null, [...new URLSearchParams(String(body))]);
    },
  );
  app.addContentTypeParser(['text/xml', 'application/xml'], { parseAs: 'string' }, (_request, body, done) => {
    done(null, String(body));
  });

  app.post<{ Body: [string, string][] }>('/est3Dgate', async (request, reply) => {
    const fields = request.body;
    const value = (name: string) => fields.find(([field]) => field === name)?.[1].trim() ?? '';
    const refuse = (message: string) =>
      sendPage(reply.code(400), { title: 'CMI', body: html`<p class="alarm">${message}</p>` });
    if (!isRightHash(fields, merchant.storeKey)) return refuse('3D-1004 : le HASH est faux.');
    const amount = centimes(value('amount'));
    const seconds = Number(value('sessiontimeout'));
    if (value('clientid') !== merchant.clientId || value('storetype') !== '3D_PAY_HOSTING')
      return refuse('Marchand inconnu.');
    if (
      value('TranType') !== 'PreAuth' ||
      value('currency') !== '504' ||
      amount === undefined ||
      amount === 0
    )
      return refuse('TranType, devise ou montant faux.');
    if (!/^\S{1,64}$/.test(value('oid')) || value('email') === '' || value('BillToName') === '')
      return refuse('oid, email ou BillToName manque.');
    if (!(seconds >= 30 && seconds <= 2_700)) return refuse('sessiontimeout va de 30 à 2700.');
    for (const name of ['okUrl', 'failUrl', 'shopurl', 'callbackUrl'])
      if (!/^https?:\/\//.test(value(name))) return refuse(`${name} n’est pas une adresse.`);
    try {
      await desk.open({ oid: value('oid'), amount, request: fields }, seconds);
    } catch (error) {
      if (error instanceof DeskError) return refuse(error.message);
      throw error;
    }
    return reply.redirect(`/cmi/pages/${encodeURIComponent(value('oid'))}`, 303);
  });

  const work = async (source: string, oid: string): Promise<Result> => {
    const isKnown =
      tagOf(source, 'Name') === merchant.apiName &&
      tagOf(source, 'Password') === merchant.apiPassword &&
      tagOf(source, 'ClientId') === merchant.clientId;
    if (!isKnown) return { code: '99', error: '3D-1005' };
    const order = desk.order(oid);
    if (source.includes('<ORDERSTATUS>QUERY'))
      return order ? statusOf(order) : { code: '99', error: 'CORE-2008' };
    if (source.includes('<ORDERHISTORY>QUERY'))
      return order ? historyOf(order) : { code: '99', error: 'CORE-2008' };
    const total = centimes(tagOf(source, 'Total')) ?? 0;
    switch (tagOf(source, 'Type')) {
      case 'PostAuth':
        return { code: '00', order: await desk.capture(oid, total) };
      case 'Void':
        return { code: '00', order: await desk.void(oid) };
      case 'Credit':
        if (tagOf(source, 'Currency') !== '504') return { code: '99', error: 'CORE-2105' };
        return { code: '00', order: await desk.credit(oid, total) };
      default:
        return { code: '99', error: 'CORE-2116' };
    }
  };

  app.post<{ Body: string }>('/api', async (request, reply) => {
    const source = typeof request.body === 'string' ? request.body : '';
    const oid = tagOf(source, 'OrderId');
    const fault = faults.take(oid);
    if (await disturbBefore(fault, request, reply)) return reply;
    const result = await work(source, oid).catch((error: unknown) => {
      if (error instanceof DeskError) return { code: '99', error: error.message };
      throw error;
    });
    if (loseAnswer(fault, request, reply)) return reply;
    return reply.type('text/xml; charset=iso-8859-9').send(responseXml(oid, result));
  });
}
