import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testApp } from '../testing/app.ts';
import { signedInOperator } from '../testing/factories.ts';
import { storable } from './storable.ts';

describe('what can be stored', () => {
  it('loses the characters that no column can hold, wherever they are', () => {
    expect(storable({ a: 'x\0y', 'k\0': ['\ud800z', { b: 'ok' }], n: 1, t: true, z: null })).toEqual({
      a: 'xy',
      k: ['\ufffdz', { b: 'ok' }],
      n: 1,
      t: true,
      z: null,
    });
  });

  it('leaves bytes as they came', () => {
    const bytes = Buffer.from([0, 0xff, 0xd8]);
    expect(storable(bytes)).toBe(bytes);
  });

  it('has no end of nesting', async () => {
    const nested = (depth: number): unknown => (depth === 0 ? 'x' : [nested(depth - 1)]);
    expect(storable(nested(32))).toEqual(nested(32));
    expect(() => storable(nested(33))).toThrow('malformed');
    const test = await testApp();
    const { headers } = await signedInOperator(test);
    const answer = await test.app.inject({
      method: 'POST',
      url: '/api/v1/subscriptions',
      headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': 'sans-fond' },
      payload: `{"authorities":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
    });
    expect(answer.json()).toMatchObject({ status: 400, code: 'malformed' });
  });

  it('is what was sent, the very same, when nothing is wrong with it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        if (text.includes('\\u0000') || !/^(?!.*\\ud[89a-f])/iu.test(text)) return;
        expect(storable(value)).toBe(value);
      }),
    );
  });
});
