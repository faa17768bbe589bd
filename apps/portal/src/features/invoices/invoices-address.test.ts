import { expect, it } from 'vitest';
import { addressWith, invoicesIn, paymentsIn } from './invoices-address.ts';

const at = (search: string) => new URLSearchParams(search);

it('reads what the address asks, and nothing that it may not', () => {
  expect(invoicesIn(at(''))).toEqual({ page: 1, pageSize: 10 });
  expect(invoicesIn(at('etat=paid&page=3'))).toEqual({ page: 3, pageSize: 10, status: 'paid' });
  expect(invoicesIn(at('etat=cancelled&page=-1'))).toEqual({ page: 1, pageSize: 10 });
  expect(invoicesIn(at('page=1e9'))).toEqual({ page: 1, pageSize: 10 });
  expect(paymentsIn(at('page=4&paiements=2'))).toEqual({ page: 2, pageSize: 5 });
});

it('writes short addresses; another filter starts at the first page', () => {
  expect(addressWith(at('etat=paid&page=3'), 'etat', 'unpaid')).toEqual({ search: 'etat=unpaid' });
  expect(addressWith(at('etat=paid&page=3'), 'etat', 'all')).toEqual({ search: '' });
  expect(addressWith(at('etat=paid&page=2'), 'page', '1')).toEqual({ search: 'etat=paid' });
  expect(addressWith(at('page=2'), 'paiements', '3')).toEqual({ search: 'page=2&paiements=3' });
});
