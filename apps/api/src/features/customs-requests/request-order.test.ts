import type { ManagerDraft, UpdatedSections } from '@rnoce/schemas';
import { describe, expect, it } from 'vitest';
import { fixtures } from '../../../../sandbox/src/badr/fixtures.ts';
import { BadrRecord } from '../../integrations/badr/badr-record.ts';
import type { RequestRecord } from './customs-requests.transitions.ts';
import { orderOf, orderReference } from './request-order.ts';

const record = BadrRecord.parse({
  ...fixtures.atlasNegoce,
  legalName: 'ATLAS NÉGOCE  ',
  fax: undefined,
  managers: [{ ...fixtures.atlasNegoce.managers[0], idNumber: 'ab 111111' }],
});
const [held] = record.managers;
if (!held) throw new Error('the fixture has no manager');
const known: ManagerDraft = { ...held, key: 'known', idNumber: 'AB111111' };
const company = { legalName: 'ATLAS NÉGOCE', tradeName: record.tradeName, repeatedAddress: false };

const request = (
  sections: UpdatedSections,
  reasons: RequestRecord['reasons'] = [],
  type: RequestRecord['type'] = 'update',
) =>
  ({
    type,
    status: 'accepted',
    operatorType: 'importer',
    before: { company, managers: [known] },
    sections: { company, managers: [known], ...sections },
    reasons,
    // The whole row is the database's: the order is made of these alone.
  }) as unknown as RequestRecord;
const over = (given: Record<string, unknown> | null = record) => ({ record: given, accountNumber: 'C9' });
const accountNumber = record.accountNumber;

describe('the order of an update', () => {
  it('says what BADR holds letter by letter, and what is asked; nothing of what BADR has no word for', () => {
    const sections = {
      company: { ...company, legalName: 'Atlas Nouveau', fax: '+212522999999', repeatedAddress: true },
    };
    expect(orderOf(request(sections), over())).toEqual({
      type: 'update',
      accountNumber,
      changes: [
        { field: 'legalName', from: 'ATLAS NÉGOCE  ', to: 'Atlas Nouveau' },
        { field: 'fax', from: null, to: '+212522999999' },
      ],
      managers: [],
    });
  });

  it('goes over what the form was filled from where BADR was never read', () => {
    const sections = { company: { ...company, legalName: 'Atlas Nouveau' } };
    expect(orderOf(request(sections), over(null))).toMatchObject({
      accountNumber: 'C9',
      changes: [{ field: 'legalName', from: 'ATLAS NÉGOCE', to: 'Atlas Nouveau' }],
    });
  });

  it('finds a manager however the number is written', () => {
    const moved = { ...known, address: '1, rue Neuve, Rabat' };
    const { key: _key, ...to } = moved;
    expect(orderOf(request({ managers: [moved] }), over())).toMatchObject({
      changes: [],
      managers: [{ idType: held.idType, idNumber: 'ab 111111', from: held, to }],
    });
    expect(orderOf(request({ managers: [] }), over())).toMatchObject({
      managers: [{ idNumber: 'ab 111111', from: held, to: null }],
    });
  });

  it('takes nobody out whom customs took out themselves, and adds nobody blindly whom they added', () => {
    const without = { ...record, managers: [] };
    expect(orderOf(request({ managers: [] }), over(without))).toMatchObject({ managers: [] });
    const added = { ...known, key: 'new', idNumber: 'CC333333' };
    const theirs = { ...held, idNumber: 'CC333333', address: 'Ailleurs' };
    expect(
      orderOf(request({ managers: [known, added] }), over({ ...record, managers: [held, theirs] })),
    ).toMatchObject({ managers: [{ idNumber: 'CC333333', from: theirs, to: { idNumber: 'CC333333' } }] });
  });

  it('leaves out what the decision left out', () => {
    const sections = { company: { ...company, legalName: 'Atlas Nouveau', tradeName: 'Neuf' } };
    const reasons = [{ about: { item: 'company.legalName' }, cause: 'mismatch' as const, text: '' }];
    expect(orderOf(request(sections, reasons), over())).toMatchObject({
      changes: [{ field: 'tradeName', to: 'Neuf' }],
    });
  });
});

it('of a cancellation names the account, and is refused when nobody knows its number', () => {
  const cancellation = request({}, [], 'cancellation');
  expect(orderOf(cancellation, over())).toEqual({ type: 'cancellation', accountNumber });
  expect(() => orderOf(cancellation, { record: null, accountNumber: null })).toThrow('BADR refused');
});

it('another turn is another order', () => {
  expect(orderReference({ reference: 'X-2', effectTurn: 0 })).toBe('X-2');
  expect(orderReference({ reference: 'X-2', effectTurn: 3 })).toBe('X-2-r3');
});
