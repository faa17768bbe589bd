import { expect, it } from 'vitest';
import { checkAddress, orderAddress, placeOf, startAddress, summaryAddress } from './addresses.ts';

const place = (address: string) => {
  const [path = '', query] = address.split('?');
  return placeOf(path, new URLSearchParams(query));
};

it('each screen is found again by its address', () => {
  expect(place(startAddress)).toEqual({ screen: 'invoices' });
  expect(place('/paiement')).toEqual({ screen: 'invoices' });
  expect(place(summaryAddress('1206'))).toEqual({ screen: 'summary', code: '1206' });
  expect(place(orderAddress('b7f8'))).toEqual({ screen: 'order', id: 'b7f8' });
  expect(place(checkAddress())).toEqual({ screen: 'check', code: '' });
  expect(place(checkAddress('AB12-CD34'))).toEqual({ screen: 'check', code: 'AB12-CD34' });
});

it.each(['/paiement/autre', '/paiement/commandes', '/paiement/commandes/a/b', '/paiement/reglement/x'])(
  '%s is no screen',
  (address) => {
    expect(place(address)).toEqual({ screen: 'missing' });
  },
);

it('an address that can’t be decoded is taken as it is', () => {
  expect(place('/paiement/recus/%E0')).toEqual({ screen: 'check', code: '%E0' });
});
