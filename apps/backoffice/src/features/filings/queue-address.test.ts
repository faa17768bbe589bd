import { expect, test } from 'vitest';
import { queueOf } from './queue-address.ts';

test('an address without filters shows what waits, oldest first', () => {
  expect(queueOf(new URLSearchParams())).toEqual({
    status: 'in_review',
    sort: 'oldest',
    page: 1,
    pageSize: 25,
  });
});

test('filters are read from the address', () => {
  expect(
    queueOf(new URLSearchParams('status=validated&q=atlas&held=mine&sort=due&page=3&operatorType=exporter')),
  ).toEqual({
    status: 'validated',
    q: 'atlas',
    held: 'mine',
    sort: 'due',
    page: 3,
    pageSize: 25,
    operatorType: 'exporter',
  });
  expect(queueOf(new URLSearchParams('status=all'))).not.toHaveProperty('status');
});

test('what is no filter is left out', () => {
  expect(
    queueOf(new URLSearchParams('status=draft&held=theirs&sort=random&page=0&operatorType=x&q=a')),
  ).toEqual({
    status: 'in_review',
    q: 'a',
    sort: 'oldest',
    page: 1,
    pageSize: 25,
  });
});
