import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openApiText } from './openapi-document.ts';
import { addedPromises, brokenPromises, type Promises, promisesOf } from './promises.ts';

const file = new URL('../../../../../docs/integrators/promises.json', import.meta.url);
const promised = JSON.parse(readFileSync(file, 'utf8')) as Promises;
const text = openApiText();
const present = promisesOf(text);

describe('what integrators were promised', () => {
  it('is kept: names are only ever added', () => {
    expect(brokenPromises(promised, present)).toEqual([]);
  });

  it('is written down as soon as it is served: `npm run openapi` does it', () => {
    expect(promised).toEqual(addedPromises(promised, present));
  });

  it('is broken by a name that is gone, another type, or one more thing demanded', () => {
    const without = (offer: string) => ({
      ...present,
      offers: present.offers.filter((one) => one !== offer),
    });
    for (const offer of [
      'PUT /invoices/{number}',
      'GET /payments query cursor',
      'GET /payments 200.items[].amount string',
      'PUT /invoices/{number} body.amount string',
      'PUT /invoices/{number} body.methods[] = cmi',
      'event invoice.paid.data.number string',
      'problem invoice_paid',
    ])
      expect(brokenPromises(present, without(offer))).toEqual([`gone: ${offer}`]);
    const demand = 'PUT /invoices/{number} body.methods';
    expect(brokenPromises(present, { ...present, demands: [...present.demands, demand] })).toEqual([
      `demanded: ${demand}`,
    ]);
  });

  it('grows by an operation with all that it demands', () => {
    const more = {
      offers: [...present.offers, 'PUT /things/{id}'],
      demands: [...present.demands, 'PUT /things/{id} body.name'],
    };
    expect(brokenPromises(present, more)).toEqual([]);
    expect(addedPromises(present, more).demands).toContain('PUT /things/{id} body.name');
  });
});
