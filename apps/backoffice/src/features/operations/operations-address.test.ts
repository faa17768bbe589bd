import { expect, test } from 'vitest';
import { operationsOf, queuePartOf } from './operations-address.ts';

const of = (address: string) => operationsOf(new URLSearchParams(address));

test('an address without filters shows what waits, oldest first', () => {
  expect(of('')).toEqual({ status: 'in_review', sort: 'oldest', page: 1, pageSize: 25 });
});

test('filters are read from the address', () => {
  expect(of('status=accepted&type=update&q=atlas&sort=due&page=3')).toEqual({
    status: 'accepted',
    type: 'update',
    q: 'atlas',
    sort: 'due',
    page: 3,
    pageSize: 25,
  });
  expect(of('status=all')).toEqual({ sort: 'oldest', page: 1, pageSize: 25 });
});

test('what BADR did not take is a part of its own, whatever its status', () => {
  expect(of('status=stuck&type=cancellation')).toEqual({
    stuck: 'true',
    type: 'cancellation',
    sort: 'oldest',
    page: 1,
    pageSize: 25,
  });
});

test('what is no filter is left out', () => {
  expect(of('status=draft&type=transfer&sort=random&page=0&q=a')).toEqual({
    status: 'in_review',
    q: 'a',
    sort: 'oldest',
    page: 1,
    pageSize: 25,
  });
  expect(queuePartOf(new URLSearchParams('status=draft'))).toBe('in_review');
});
