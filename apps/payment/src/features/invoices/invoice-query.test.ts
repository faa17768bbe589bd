import { describe, expect, it } from 'vitest';
import { type Asked, addressOf, isFiltered, queryOf, readAsked, sortAfter } from './invoice-query.ts';

const read = (query: string): Asked => readAsked(new URLSearchParams(query));

describe('an address', () => {
  it('takes a code as people type it', () => {
    expect(read('code=%20a1%20b2 ').code).toBe('A1B2');
  });

  it('is understood as far as it can be', () => {
    expect(read('code=1206&page=zero&sort=colour&from=hier&to=2026-02-30')).toMatchObject({
      code: '1206',
      page: 1,
      sort: 'dueOn',
      from: '',
    });
    expect(read('page=-3').page).toBe(1);
    expect(read('page=2.5').page).toBe(1);
  });

  it('says what was asked, and nothing that is usual', () => {
    expect(addressOf(read(''))).toBe('/paiement/');
    expect(addressOf(read('code=1206&page=1&sort=dueOn'))).toBe('/paiement/?code=1206');
    const whole = 'code=1206&number=F%2F1&issuer=TUV&from=2026-01-01&to=2026-02-01&page=3&sort=-amount';
    expect(addressOf(read(whole))).toBe(`/paiement/?${whole}`);
    expect(read(addressOf(read(whole)).split('?')[1] ?? '')).toEqual(read(whole));
  });

  it('asks the API by the contract’s names', () => {
    expect(queryOf(read('code=1206&issuer=TUV&from=2026-01-01&page=2&sort=-amount'))).toEqual({
      subscriptionCode: '1206',
      issuer: 'TUV',
      issuedFrom: '2026-01-01',
      page: 2,
      sort: '-amount',
    });
  });

  it('knows whether something is filtered', () => {
    expect(isFiltered(read('code=1206&page=2&sort=amount'))).toBe(false);
    expect(isFiltered(read('code=1206&to=2026-01-01'))).toBe(true);
  });
});

it('a header sorts upwards, then downwards', () => {
  expect(sortAfter('dueOn', 'amount')).toBe('amount');
  expect(sortAfter('amount', 'amount')).toBe('-amount');
  expect(sortAfter('-amount', 'amount')).toBe('amount');
});
