import { fixtures } from '@rnoce/sandbox/badr/fixtures';
import type { FormContext } from '@rnoce/schemas';
import { describe, expect, it } from 'vitest';
import type { BadrLookup } from '../../integrations/badr/badr-gateway.ts';
import {
  fillFromRegistry,
  maskEmail,
  peoplePrefill,
  registryAnswer,
  visibleRecord,
} from './registry.policy.ts';

const at = new Date('2026-11-21T10:00:00Z');
const record = { ...fixtures.atlasNegoce, managers: [...fixtures.atlasNegoce.managers] };
const registered = { status: 'registered', record } as const;

describe("what is kept of BADR's answer", () => {
  it.each([
    ['the same address', record.email, 'confirmed'],
    ['the same, written otherwise', ` ${record.email.toUpperCase()} `, 'confirmed'],
    ['another', 'autre@ailleurs.example', 'code_needed'],
    ['none confirmed', null, 'code_needed'],
  ] as const)("opens people's data by the e-mail alone: %s", (_which, email, people) => {
    expect(peoplePrefill(registryAnswer(registered, email, at))).toBe(people);
  });

  it('has no way to people where BADR holds no e-mail, not even for an account without one', () => {
    const answer = registryAnswer(
      { status: 'registered', record: { ...record, email: '' } },
      'a@b.example',
      at,
    );
    expect(peoplePrefill(answer)).toBe('no_email');
    expect(visibleRecord(answer)?.managers).toBeNull();
  });

  it('never holds a record for an operator that is not registered as such', () => {
    const lookups: BadrLookup[] = [
      { status: 'not_registered' },
      { status: 'mismatch', fields: ['taxId'] },
      { status: 'unavailable', reason: 'timeout' },
    ];
    for (const lookup of lookups) {
      const answer = registryAnswer(lookup, record.email, at);
      expect(answer).toMatchObject({ registryRecord: null, registryConfirmedAt: null });
      expect(peoplePrefill(answer)).toBe('not_applicable');
    }
  });
});

describe('filling a form', () => {
  const context: FormContext = {
    operatorType: 'importer',
    authorities: ['customs'],
    today: '2026-11-21',
    has: () => true,
    ribCodes: () => [],
  };
  const visible = visibleRecord(registryAnswer(registered, record.email, at));

  it('replaces nothing that was typed', () => {
    const typed = { company: { legalName: 'À moi', phone: '' }, managers: [{ lastName: 'Moi' }] };
    const filled = fillFromRegistry(typed, visible, context);
    expect(filled.company).toMatchObject({ legalName: 'À moi', phone: record.phone, city: record.city });
    expect(filled.managers).toEqual([{ lastName: 'Moi', key: expect.any(String) as string }]);
  });

  it("gives the RIB that BADR holds where the form asks for a bank account, to who may see people's data", () => {
    const joint: FormContext = { ...context, authorities: ['customs', 'portnet'] };
    const rib = '007780000200011234567893';
    const held = registryAnswer({ status: 'registered', record: { ...record, rib } }, record.email, at);
    expect(fillFromRegistry({}, visibleRecord(held), joint).bankAccount).toEqual({ rib });
    const hidden = visibleRecord({ ...held, registryConfirmedAt: null });
    expect(fillFromRegistry({}, hidden, joint).bankAccount).toBeUndefined();
    const typed = { bankAccount: { rib: '1' } };
    expect(fillFromRegistry(typed, visibleRecord(held), joint).bankAccount).toEqual({ rib: '1' });
    for (const other of [context, { ...joint, operatorType: 'exporter' } as const])
      expect(fillFromRegistry({}, visibleRecord(held), other).bankAccount).toBeUndefined();
  });

  it('takes empty cards of managers for none', () => {
    const filled = fillFromRegistry({ managers: [{ lastName: '', firstName: null }] }, visible, context);
    expect(filled.managers).toHaveLength(1);
    expect(filled.managers?.[0]?.lastName).toBe('Benkirane');
  });

  it('leaves out what the form must not have, and writes values as the form does', () => {
    const odd = {
      company: { ...record, approvalNumber: 'AGR-1', phone: '05 22 47 00 11' },
      managers: null,
      accountNumber: 'C1',
      accountStatus: 'active',
      rib: null,
    } as const;
    const { company, managers } = fillFromRegistry({}, odd, context);
    expect(company).not.toHaveProperty('approvalNumber');
    expect(company).not.toHaveProperty('rib');
    expect(company?.phone).toBe('+212522470011');
    expect(managers).toBeUndefined();
  });

  it('without a record changes nothing', () => {
    const typed = { company: { legalName: 'Seul' } };
    expect(fillFromRegistry(typed, null, context)).toBe(typed);
  });
});

it.each([
  ['contact@atlas-negoce.example', 'c•••@a•••.example'],
  ['a@b.gov.ma', 'a•••@b•••.ma'],
])('masks %s as %s', (email, masked) => {
  expect(maskEmail(email)).toBe(masked);
});
