import { expect, test } from 'vitest';
import { itemName, offersFor } from './list-screens.ts';
import { emptyItem } from './section-values.ts';

const imane = {
  key: 'a',
  lastName: 'Zeroual',
  firstName: ' Imane ',
  idType: 'cin',
  idNumber: 'BK123456',
  idAddress: 'Casablanca',
  idExpiresOn: '2033-09-30',
};
const youssef = { ...imane, key: 'b', lastName: 'Berrada', firstName: 'Youssef', idType: 'passport' };

test('a name is as much of it as is typed', () => {
  expect(itemName(imane)).toBe('Imane Zeroual');
  expect(itemName({ lastName: 'Zeroual', firstName: null })).toBe('Zeroual');
  expect(itemName({})).toBe('');
});

test('a new user may take over a manager, whose identity card goes with them and no other paper', () => {
  const item = emptyItem('singleWindowUsers');
  const offers = offersFor('singleWindowUsers', item.key, [item], () => [imane, youssef, { key: 'c' }]);
  expect(offers.map(({ name }) => name)).toEqual(['Imane Zeroual', 'Youssef Berrada']);
  expect(offers[0]?.values).toMatchObject({ cin: 'BK123456', idAddress: 'Casablanca' });
  expect(offers[1]?.values).toEqual({ lastName: 'Berrada', firstName: 'Youssef' });
});

test('a new contact may take over a user who is no contact yet', () => {
  const item = emptyItem('contacts');
  const there = { ...emptyItem('contacts'), lastName: 'zeroual', firstName: 'imane' };
  const users = [
    { lastName: 'Zeroual', firstName: 'Imane', email: 'imane@essai.example' },
    { lastName: 'Berrada', firstName: 'Youssef', email: 'youssef@essai.example' },
  ];
  const offers = offersFor('contacts', item.key, [item, there], (from) =>
    from === 'singleWindowUsers' ? users : [],
  );
  expect(offers.map(({ values }) => values.email)).toEqual(['youssef@essai.example']);
});

test('managers take over nobody', () => {
  const item = emptyItem('managers');
  expect(offersFor('managers', item.key, [item], () => [imane])).toEqual([]);
});
