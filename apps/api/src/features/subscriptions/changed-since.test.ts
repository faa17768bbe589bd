import type { Reason, SectionsDraft } from '@rnoce/schemas';
import { describe, expect, it } from 'vitest';
import { manager } from '../../testing/forms.ts';
import { type FormContent, tellChanges } from './changed-since.ts';

const salma = { ...manager, idNumber: 'AE1' };
const youssef = { ...manager, firstName: 'Youssef', idNumber: 'AE2' };
const form = (sections: Partial<SectionsDraft>, ice = 'ice-1'): FormContent => ({
  sections,
  documentVersions: ['identity-1', ice].filter((id) => id !== ''),
});
const about = (field: string): Reason => ({
  about: { field },
  cause: 'mismatch',
  text: '',
});
const whole: Reason = { cause: 'other', text: 'Tout' };
const iceDocument: Reason = { about: { document: 'ice' }, cause: 'illegible', text: '' };

const joint = { operatorType: 'importer', authorities: ['customs', 'portnet'] } as const;

/** Whether a reason's matter has changed between what was judged and what stands. */
function changed(reason: Reason, judged: FormContent, standing: FormContent): boolean | undefined {
  const currentOf = (document: string) => standing.documentVersions.find((id) => id.startsWith(document));
  return tellChanges([reason], judged, standing, joint, currentOf)[0]?.changed;
}

describe('what changed since a refusal', () => {
  const company = { legalName: 'Atlas', fax: null };
  const judged = form({ company, managers: [salma, youssef] });
  const typed = (given: object) => form({ ...judged.sections, company: { ...company, ...given } });
  const managed = (...managers: SectionsDraft['managers']) => form({ company, managers });

  it.each([
    ['the same value', 'company.legalName', typed({}), false],
    ['another value', 'company.legalName', typed({ legalName: 'Atlas Négoce' }), true],
    ['another field’s value', 'company.legalName', typed({ tradeName: 'A' }), false],
    ['an empty field left out', 'company.fax', form({ company: { legalName: 'Atlas' } }), false],
    ['a value taken out', 'company.legalName', typed({ legalName: '' }), true],
    ['no section any more', 'company.legalName', form({}), true],
    ['the same manager', 'managers.0.idExpiresOn', judged, false],
    [
      'another value of the manager',
      'managers.0.lastName',
      managed({ ...salma, lastName: 'Idrissi' }, youssef),
      true,
    ],
    [
      'another manager’s value',
      'managers.0.lastName',
      managed(salma, { ...youssef, lastName: 'Idrissi' }),
      false,
    ],
    ['the managers in another order', 'managers.0.firstName', managed(youssef, salma), false],
    ['the manager gone', 'managers.0.firstName', managed(youssef), true],
    [
      'a new manager before',
      'managers.0.idNumber',
      managed({ ...manager, idNumber: 'AE3' }, salma, youssef),
      false,
    ],
  ])('%s', (_, field, standing, expected) => {
    expect(changed(about(field), judged, standing)).toBe(expected);
  });

  it.each([
    ['the same version', 'ice-1', false],
    ['another version', 'ice-2', true],
    ['none any more', '', true],
  ])('a document: %s', (_, version, expected) => {
    expect(changed(iceDocument, judged, form(judged.sections, version))).toBe(expected);
  });

  const user = (key: string, given: object = {}) => ({
    key,
    lastName: `Nom ${key}`,
    email: `${key}@atlas.example`,
    ...given,
  });
  const used = (...singleWindowUsers: SectionsDraft['singleWindowUsers']) => form({ singleWindowUsers });
  const twoUsers = used(user('a'), user('b'));
  it.each([
    ['the same users', 'singleWindowUsers.0', twoUsers, false],
    ['in another order', 'singleWindowUsers.0', used(user('b'), user('a')), false],
    ['one removed', 'singleWindowUsers.0', used(user('b')), true],
    ['another field of the one', 'singleWindowUsers.0', used(user('a', { cin: 'A1' }), user('b')), true],
    ['the other one changed', 'singleWindowUsers.0', used(user('a'), user('b', { cin: 'B1' })), false],
    ['one with another e-mail', 'singleWindowUsers.0.email', used(user('a', { email: 'c@d.ma' })), true],
    [
      'the e-mail of the one, their name changed',
      'singleWindowUsers.0.email',
      used(user('a', { lastName: 'X' })),
      false,
    ],
    [
      'the name of the one, their e-mail changed',
      'singleWindowUsers.0.lastName',
      used(user('a', { email: 'c@d.ma' })),
      false,
    ],
    [
      'taken out and typed again the same',
      'singleWindowUsers.0',
      used(user('n', { ...user('a'), key: 'n' })),
      false,
    ],
    ['somebody else in their place', 'singleWindowUsers.0.lastName', used(user('n'), user('b')), true],
  ])('users: %s', (_, field, standing, expected) => {
    expect(changed(about(field), twoUsers, standing)).toBe(expected);
  });

  it.each([
    ['stays where it is', 'singleWindowUsers.1.email', twoUsers, 'singleWindowUsers.1.email'],
    [
      'follows its item in another order',
      'singleWindowUsers.1.email',
      used(user('b'), user('a')),
      'singleWindowUsers.0.email',
    ],
    [
      'follows its item, the one before taken out',
      'singleWindowUsers.1',
      used(user('b')),
      'singleWindowUsers.0',
    ],
    [
      'follows its item, all of it changed',
      'singleWindowUsers.1.email',
      used(user('n'), user('a'), user('b', { email: 'c@d.ma' })),
      'singleWindowUsers.2.email',
    ],
    [
      'is not on whoever got the address of the item',
      'singleWindowUsers.0.lastName',
      used(user('n', { email: user('a').email }), user('a', { email: 'c@d.ma', lastName: 'X' })),
      'singleWindowUsers.1.lastName',
    ],
    [
      'is not on the neighbour of an item that was taken out',
      'singleWindowUsers.0.email',
      used(user('b')),
      'singleWindowUsers',
    ],
  ])('a mark %s', (_, field, standing, expected) => {
    const [told] = tellChanges([about(field)], twoUsers, standing, joint, () => undefined);
    expect(told?.about).toEqual({ field: expected });
  });

  it('an item that was taken out is told of once', () => {
    const reasons = ['email', 'lastName'].map((name) => about(`singleWindowUsers.0.${name}`));
    const told = tellChanges(reasons, twoUsers, used(user('b')), joint, () => undefined);
    expect(told).toEqual([{ ...about('singleWindowUsers'), changed: true }]);
  });

  it.each([
    [
      'legalRepresentative.manager',
      { legalRepresentative: { manager: 'a' } },
      { legalRepresentative: { manager: 'b' } },
    ],
    ['bankAccount.rib', { bankAccount: { rib: '1' } }, { bankAccount: { rib: '2' } }],
    [
      'contacts.0.department',
      { contacts: [{ key: 'c', department: 'x' }] },
      { contacts: [{ key: 'c', department: 'y' }] },
    ],
    ['contacts.0', { contacts: [{ key: 'c', department: 'x' }] }, { contacts: [] }],
  ])('%s', (field, before, after) => {
    expect(changed(about(field), form(before), form(before))).toBe(false);
    expect(changed(about(field), form(before), form(after))).toBe(true);
    expect(changed(whole, form(before), form(after))).toBe(true);
  });

  it('the whole, for customs: nothing of what PortNet alone asks', () => {
    const customs = { operatorType: 'importer', authorities: ['customs'] } as const;
    const before = form({ company: { legalName: 'A' }, ...twoUsers.sections });
    const tell = (now: FormContent) =>
      tellChanges([whole], before, now, customs, () => undefined)[0]?.changed;
    expect(tell(form({ company: { legalName: 'A', businessTax: '1' }, contacts: [user('c')] }))).toBe(false);
    expect(tell(form({ company: { legalName: 'B' } }))).toBe(true);
  });

  it('the whole: anything', () => {
    expect(
      changed(whole, judged, form({ company: { fax: '', legalName: 'Atlas' }, managers: [salma, youssef] })),
    ).toBe(false);
    expect(changed(whole, judged, typed({ tradeName: 'A' }))).toBe(true);
    expect(changed(whole, judged, managed(salma))).toBe(true);
    expect(changed(whole, judged, managed(salma, { ...youssef, address: 'Fès' }))).toBe(true);
    expect(changed(whole, judged, form(judged.sections, 'ice-2'))).toBe(true);
  });
});
