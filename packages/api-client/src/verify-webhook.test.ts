import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { verifyWebhook, type WebhookCall, WebhookError } from './verify-webhook.ts';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const nextSecret = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
const now = new Date('2026-11-22T10:00:00Z');
const id = '01991f36-0000-7000-8000-000000000000';
const event = {
  type: 'invoice.cancelled',
  timestamp: '2026-11-22T09:59:59.000Z',
  data: {
    number: 'F-1é',
    issuer: 'PORTNET',
    clientCode: '1206',
    amount: '840.00',
    currency: 'MAD',
    issuedOn: '2026-11-01',
    dueOn: '2026-12-01',
    status: 'cancelled',
  },
};
const body = JSON.stringify(event);

/** A call as the reference implementation signs it. */
const signed = (by: string = secret, at: Date = now, text: string = body) => ({
  body: text,
  headers: {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(by).sign(id, at, text),
  },
});
const verify = (call: Partial<WebhookCall> = {}) =>
  verifyWebhook({ ...signed(), secrets: secret, now, ...call });
const faultOf = async (call: Partial<WebhookCall>) => {
  const error: unknown = await verify(call).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof WebhookError ? error.fault : error;
};
const seconds = (count: number) => new Date(now.getTime() + count * 1000);

it('takes what the reference implementation signs, as text, as bytes, by any kind of headers', async () => {
  const expected = { ...event, id };
  expect(await verify()).toEqual(expected);
  expect(await verify({ body: Buffer.from(body) })).toEqual(expected);
  expect(await verify({ headers: new Headers(signed().headers) })).toEqual(expected);
});

it('gives the event by its type', async () => {
  const verified = await verify();
  expect(verified.type === 'invoice.cancelled' && verified.data.amount).toBe('840.00');
});

it('lets through types and fields that this version doesn’t know', async () => {
  const text = JSON.stringify({ ...event, type: 'tariff.changed', data: { code: 'X' }, more: 1 });
  expect(await verify(signed(secret, now, text))).toMatchObject({
    type: 'tariff.changed',
    data: { code: 'X' },
  });
});

describe('during a rotation', () => {
  const both = {
    ...signed().headers,
    'webhook-signature': `${signed(nextSecret).headers['webhook-signature']} ${signed().headers['webhook-signature']}`,
  };
  it('either of two signatures will do for who has one secret', async () => {
    expect(await verify({ headers: both })).toMatchObject({ id });
    expect(await verify({ headers: both, secrets: nextSecret })).toMatchObject({ id });
  });
  it('either of two secrets will do', async () => {
    expect(await verify({ secrets: [nextSecret, secret] })).toMatchObject({ id });
    expect(await verify({ secrets: [secret, nextSecret] })).toMatchObject({ id });
    expect(await faultOf({ secrets: nextSecret })).toBe('signature_wrong');
  });
});

describe('refuses', () => {
  const { headers } = signed();
  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('a call without %s', async (name) => {
    expect(await faultOf({ headers: { ...headers, [name]: undefined } })).toBe('header_missing');
    expect(await faultOf({ headers: { ...headers, [name]: '' } })).toBe('header_missing');
  });

  it.each([
    ['another body', { body: body.replace('840.00', '940.00') }],
    ['the same body written in another way', { body: JSON.stringify(event, null, 1) }],
    ['another id', { headers: { ...headers, 'webhook-id': id.replace('0', '1') } }],
    ['another time', { headers: { ...headers, 'webhook-timestamp': String(now.getTime() / 1000 - 1) } }],
    ['no signature of version 1', { headers: { ...headers, 'webhook-signature': 'v1a,AAAA v2,AAAA' } }],
    [
      'a signature cut short',
      { headers: { ...headers, 'webhook-signature': headers['webhook-signature'].slice(0, 20) } },
    ],
    ['an empty signature', { headers: { ...headers, 'webhook-signature': 'v1,' } }],
    ['a signature that is no base64', { headers: { ...headers, 'webhook-signature': 'v1,é*' } }],
    ['no secret', { secrets: [] }],
  ])('%s', async (_, call) => {
    expect(await faultOf(call)).toBe('signature_wrong');
  });

  it('a call of long ago, and one of the time to come', async () => {
    expect(await faultOf({ now: seconds(300) })).toBeUndefined();
    expect(await faultOf({ now: seconds(301) })).toBe('too_old');
    expect(await faultOf({ now: seconds(-300) })).toBeUndefined();
    expect(await faultOf({ now: seconds(-301) })).toBe('too_new');
    expect(await faultOf({ now: seconds(60), toleranceSeconds: 59 })).toBe('too_old');
    const unreadable = { ...headers, 'webhook-timestamp': 'NaN' };
    expect(await faultOf({ headers: unreadable })).toBe('timestamp_unreadable');
  });

  it('a signed body that is no event', async () => {
    expect(await faultOf(signed(secret, now, '{"type":'))).toBe('body_unreadable');
    expect(await faultOf(signed(secret, now, 'null'))).toBe('body_unreadable');
  });

  it('a secret that is none, as the program’s own fault', async () => {
    expect(await faultOf({ secrets: 'whsec_é' })).toBeInstanceOf(TypeError);
    expect(await faultOf({ secrets: '' })).toBeInstanceOf(TypeError);
  });
});
