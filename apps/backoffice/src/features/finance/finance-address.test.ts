import { expect, test } from 'vitest';
import { anomaliesOf, ordersOf, refundsOf } from './finance-address.ts';

const read = (search: string) => new URLSearchParams(search);

test('an address without filters shows every order, the newest first', () => {
  expect(ordersOf(read(''))).toEqual({ sort: 'newest', page: 1, pageSize: 25 });
});

test('filters are read from the address, and what is none is left out', () => {
  expect(ordersOf(read('status=paid&issuer=tuv&from=2026-11-01&to=hier&sort=random&page=0&q=WAF3'))).toEqual({
    status: 'paid',
    issuer: 'TUV',
    from: '2026-11-01',
    q: 'WAF3',
    sort: 'newest',
    page: 1,
    pageSize: 25,
  });
});

test('refunds are those that are due, unless the address says otherwise', () => {
  expect(refundsOf(read(''))).toMatchObject({ status: 'due', sort: 'oldest' });
  expect(refundsOf(read('status=all'))).not.toHaveProperty('status');
  expect(refundsOf(read('status=refunded&owner=mine&provider=cmi'))).toMatchObject({
    status: 'refunded',
    owner: 'mine',
    provider: 'cmi',
  });
  expect(refundsOf(read('status=lost&owner=theirs'))).toEqual({
    status: 'due',
    sort: 'oldest',
    page: 1,
    pageSize: 25,
  });
});

test('anomalies are those that are open', () => {
  expect(anomaliesOf(read('kind=gap_amount'))).toMatchObject({ state: 'open', kind: 'gap_amount' });
  expect(anomaliesOf(read('state=closed&kind=strange'))).toEqual({ state: 'closed', page: 1, pageSize: 25 });
});
