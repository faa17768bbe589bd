import { expect, test } from 'vitest';
import { agentsOf, issuersOf } from './administration-address.ts';

const read = (search: string) => new URLSearchParams(search);

test('agents of every role and status, unless the address says otherwise', () => {
  expect(agentsOf(read(''))).toEqual({ page: 1, pageSize: 25 });
  expect(agentsOf(read('q=fassi&role=decider&status=invited&page=2'))).toEqual({
    q: 'fassi',
    role: 'decider',
    status: 'invited',
    page: 2,
    pageSize: 25,
  });
  expect(agentsOf(read('role=director&status=lost&page=0'))).toEqual({ page: 1, pageSize: 25 });
});

test('issuers, active or suspended, as the address and the query say it', () => {
  expect(issuersOf(read(''))).toEqual({ page: 1, pageSize: 25 });
  expect(issuersOf(read('active=true&q=tuv'))).toEqual({ active: 'true', q: 'tuv', page: 1, pageSize: 25 });
  expect(issuersOf(read('active=false'))).toMatchObject({ active: 'false' });
  expect(issuersOf(read('active=perhaps'))).not.toHaveProperty('active');
});
