import { describe, expect, it } from 'vitest';
import { attemptOf } from '../payment-gateway/testing/merchant.ts';
import { refusalOf } from './cmi-errors.ts';
import { createCmiGateway } from './cmi-gateway.ts';
import { cmiOptions } from './testing/cmi-options.ts';

/** CMI answering one text to everything: what no sandbox would say. */
function saying(body: string | Buffer) {
  const sent: string[] = [];
  const gateway = createCmiGateway({
    ...cmiOptions('http://cmi.example', 'https://portal.example'),
    apiPassword: 'p&<ss',
    retries: 0,
    failuresToOpen: 1_000,
    fetch: async (_input, init) => {
      sent.push(typeof init?.body === 'string' ? init.body : '');
      return new Response(new Uint8Array(Buffer.from(body)), { headers: { 'content-type': 'text/xml' } });
    },
  });
  return { gateway, sent };
}
const attempt = attemptOf('card', { reference: 'PN-0000032241-1' });
const status = (extra: string, order = attempt.reference) =>
  `<CC5Response><OrderId>${order}</OrderId><Response>Approved</Response><ProcReturnCode>00</ProcReturnCode><TransId>T1</TransId><ErrMsg></ErrMsg><Extra>${extra}</Extra></CC5Response>`;

describe('the status', () => {
  it.each([
    ['<TRANS_STAT>A</TRANS_STAT><ORIG_TRANS_AMT>84000</ORIG_TRANS_AMT>', 'authorised', 84_000],
    ['<TRANS_STAT>A</TRANS_STAT><ORIG_TRANS_AMT>840.00</ORIG_TRANS_AMT>', 'authorised', 84_000],
    [
      '<TRANS_STAT>C</TRANS_STAT><ORIG_TRANS_AMT>84000</ORIG_TRANS_AMT><CAPTURE_AMT>80000</CAPTURE_AMT>',
      'captured',
      80_000,
    ],
    [
      '<TRANS_STAT>S</TRANS_STAT><ORIG_TRANS_AMT>84000</ORIG_TRANS_AMT><CAPTURE_AMT></CAPTURE_AMT>',
      'settled',
      84_000,
    ],
    ['<TRANS_STAT>PN</TRANS_STAT>', 'pending', undefined],
    ['<TRANS_STAT>D</TRANS_STAT>', 'refused', undefined],
    ['<TRANS_STAT>ERR</TRANS_STAT>', 'refused', undefined],
    ['<TRANS_STAT>V</TRANS_STAT>', 'voided', undefined],
    ['<TRANS_STAT>CNCL</TRANS_STAT>', 'voided', undefined],
    ['<TRANS_STAT>R</TRANS_STAT>', 'unknown', undefined],
    ['<TRANS_STAT>Z</TRANS_STAT>', 'unknown', undefined],
    ['<TRANS_STAT>C</TRANS_STAT>', 'unknown', undefined],
    ['<TRANS_STAT>C</TRANS_STAT><ORIG_TRANS_AMT>84000,00</ORIG_TRANS_AMT>', 'unknown', undefined],
    [
      '<TRANS_STAT>C</TRANS_STAT><TRANS_STAT>V</TRANS_STAT><ORIG_TRANS_AMT>84000</ORIG_TRANS_AMT>',
      'unknown',
      undefined,
    ],
    ['', 'unknown', undefined],
  ])('%s', async (extra, state, amountCentimes) => {
    const inquiry = await saying(status(extra)).gateway.inquire(attempt);
    expect(inquiry.state).toBe(state);
    expect(inquiry.amountCentimes).toBe(amountCentimes);
  });

  it('of another order is no answer', async () => {
    const paid = '<TRANS_STAT>C</TRANS_STAT><ORIG_TRANS_AMT>84000</ORIG_TRANS_AMT>';
    expect(await saying(status(paid, 'PN-0000099999-1')).gateway.inquire(attempt)).toEqual({
      state: 'unknown',
      detail: 'invalid_answer',
    });
    expect(await saying(status(paid, '')).gateway.inquire(attempt)).toMatchObject({ state: 'unknown' });
  });

  it.each([
    ['an entity', '<!DOCTYPE x [<!ENTITY e "A">]><CC5Response><OrderId>&e;</OrderId></CC5Response>'],
    ['another root', '<Other/>'],
    ['bytes that are not what they say', Buffer.from([0x3c, 0xff, 0xfe])],
    ['an encoding that does not exist', '<?xml version="1.0" encoding="klingon"?><CC5Response/>'],
    ['nothing', ''],
  ])('is unknown after %s', async (_what, body) => {
    expect(await saying(body).gateway.inquire(attempt)).toEqual({
      state: 'unknown',
      detail: 'invalid_answer',
    });
  });

  it('is read in the encoding that it declares, without card data', async () => {
    const text =
      '<?xml version="1.0" encoding="ISO-8859-9"?><CC5Response><ErrMsg>refus\u00e9 4000000000000010</ErrMsg></CC5Response>';
    expect(await saying(Buffer.from(text, 'latin1')).gateway.inquire(attempt)).toEqual({
      state: 'unknown',
      detail: 'refusé ***0010',
    });
  });
});

describe('an order', () => {
  it('is sent with its values escaped, and taken when it is approved for this order', async () => {
    const { gateway, sent } = saying(status(''));
    expect(await gateway.capture(attempt)).toEqual({ repeated: false, gatewayTransactionId: 'T1' });
    expect(sent).toEqual([
      expect.stringContaining(
        '<Password>p&amp;&lt;ss</Password><ClientId>600000999</ClientId><OrderId>PN-0000032241-1</OrderId><Type>PostAuth</Type><Total>840.00</Total>',
      ),
    ]);
  });

  it('whose answer says neither yes nor no may have been done', async () => {
    const { gateway } = saying(status('').replace('Approved', 'Perhaps'));
    await expect(gateway.void(attempt)).rejects.toMatchObject({
      reason: 'invalid_answer',
      effect: 'unknown',
    });
  });
});

it.each([
  ['2507', '', 'already_paid'],
  ['CORE-2302', '', 'reference_in_use'],
  [undefined, 'CORE-2503 : above the net', 'above_captured'],
  ['', '3D-1004', 'wrong_signature'],
  ['2304', '', 'in_progress'],
  ['2513', '', 'too_old'],
  ['9999', 'CORE-2511', 'cannot_void'],
  [undefined, undefined, 'refused'],
])('the error %s %s is %s', (code, message, meaning) => {
  expect(refusalOf(code, message)).toBe(meaning);
});
