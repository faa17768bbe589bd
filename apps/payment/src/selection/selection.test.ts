import type { PublicInvoice } from '@rnoce/schemas';
import { describe, expect, it } from 'vitest';
import {
  addAll,
  commonMethods,
  hindranceOf,
  mostInvoices,
  refresh,
  type Selection,
  toggle,
  totalOf,
} from './selection.ts';

const invoice = (id: string, changes: Partial<PublicInvoice> = {}): PublicInvoice => ({
  id: id as PublicInvoice['id'],
  number: `F-${id}`,
  issuer: { code: 'PORTNET', name: 'PORTNET' },
  clientCode: '1206',
  clientName: 'STE IMP SARL',
  issuedOn: '2026-10-01',
  dueOn: '2026-11-01',
  overdue: true,
  amount: '20.00',
  currency: 'MAD',
  methods: ['cmi', 'amanpay'],
  ...changes,
});
const other = invoice('x', { issuer: { code: 'TUV', name: 'TUV Rheinland' } });

describe('ticking', () => {
  it('adds, and takes out again', () => {
    const one = toggle([], invoice('a'));
    const two = toggle(one, invoice('b'));
    expect(two.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(toggle(two, invoice('a')).map(({ id }) => id)).toEqual(['b']);
  });

  it('keeps to one issuer, and says what hinders', () => {
    const selection = [invoice('a')];
    expect(hindranceOf(selection, other)).toBe('other_issuer');
    expect(toggle(selection, other)).toBe(selection);
    expect(hindranceOf([], other)).toBeUndefined();
  });

  it('keeps to what one order can pay; what is ticked can still be taken out', () => {
    const full = Array.from({ length: mostInvoices }, (_, index) => invoice(String(index)));
    expect(hindranceOf(full, invoice('more'))).toBe('too_many');
    expect(toggle(full, invoice('0'))).toHaveLength(mostInvoices - 1);
  });

  it('ticks of a page what can be ticked, each once', () => {
    const ids = addAll([invoice('a')], [invoice('a'), other, invoice('b')]).map(({ id }) => id);
    expect(ids).toEqual(['a', 'b']);
    expect(addAll([], [other, invoice('a')]).map(({ id }) => id)).toEqual(['x']);
  });
});

describe('the total', () => {
  it.each<[string[], string]>([
    [[], '0.00'],
    [['0.10', '0.20'], '0.30'],
    [['999999999.99', '0.01'], '1000000000.00'],
  ])('of %j is %s, to the centime', (amounts, total) => {
    expect(totalOf(amounts.map((amount) => ({ amount })))).toBe(total);
  });

  it('is never made of something that is no amount', () => {
    expect(() => totalOf([{ amount: '1,5' }])).toThrow(RangeError);
  });
});

it('offers only the methods that all accept', () => {
  const selection: Selection = [invoice('a'), invoice('b', { methods: ['amanpay'] })];
  expect(commonMethods(selection)).toEqual(['amanpay']);
  expect(commonMethods([...selection, invoice('c', { methods: ['cmi'] })])).toEqual([]);
  expect(commonMethods([])).toEqual([]);
});

describe('looking again', () => {
  const chosen: Selection = [invoice('a'), invoice('b')];

  it('takes new amounts of what is seen', () => {
    const { selection, gone } = refresh(chosen, [invoice('a', { amount: '25.00' })], false);
    expect(totalOf(selection)).toBe('45.00');
    expect(gone).toEqual([]);
  });

  it('drops what is not there any more only when all was shown', () => {
    expect(refresh(chosen, [invoice('a')], false).selection).toBe(chosen);
    const { selection, gone } = refresh(chosen, [invoice('a')], true);
    expect(selection.map(({ id }) => id)).toEqual(['a']);
    expect(gone.map(({ id }) => id)).toEqual(['b']);
  });

  it('leaves what is the same as it is', () => {
    expect(refresh(chosen, [invoice('a'), invoice('b')], true).selection).toBe(chosen);
  });
});
