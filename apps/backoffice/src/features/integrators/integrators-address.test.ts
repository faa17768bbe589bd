import { expect, test } from 'vitest';
import { deliveriesOf, integratorsOf } from './integrators-address.ts';

const read = (search: string) => new URLSearchParams(search);

test('integrators of every kind, unless the address says otherwise', () => {
  expect(integratorsOf(read(''))).toEqual({ page: 1, pageSize: 25 });
  expect(integratorsOf(read('kind=issuer&q=tuv&page=2&sort=age'))).toEqual({
    kind: 'issuer',
    q: 'tuv',
    page: 2,
    pageSize: 25,
  });
  expect(integratorsOf(read('kind=bank'))).not.toHaveProperty('kind');
});

test('the journal by its state and its type; the cursor is no part of the address', () => {
  expect(deliveriesOf(read('status=failed&type=invoice.paid&cursor=abc'))).toEqual({
    status: 'failed',
    type: 'invoice.paid',
    limit: 25,
  });
  expect(deliveriesOf(read('status=lost&type=weather'))).toEqual({ limit: 25 });
});
