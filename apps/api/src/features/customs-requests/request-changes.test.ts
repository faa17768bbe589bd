import type { CompanyDraft, ManagerDraft, UpdatedSections } from '@rnoce/schemas';
import { recordChanges } from '@rnoce/schemas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rebaseSections } from './request-changes.ts';

const words = fc.constantFrom('', 'a', 'b', 'c');
const company: fc.Arbitrary<CompanyDraft> = fc.record({ legalName: words, address: words, fax: words });
const keys = ['one', 'two', 'three'] as const;
const managers: fc.Arbitrary<ManagerDraft[]> = fc
  .tuple(fc.shuffledSubarray([...keys]), fc.array(words, { minLength: 6, maxLength: 6 }))
  .map(([chosen, said]) =>
    chosen.map((key, index) => ({ key, lastName: said[index] ?? '', address: said[index + 3] ?? '' })),
  );
const form: fc.Arbitrary<UpdatedSections> = fc.record({ company, managers });
const changes = (from: UpdatedSections, to: UpdatedSections) =>
  recordChanges(from, to, { operatorType: 'importer' });

describe('a form put over a record that changed', () => {
  it('is what the operator typed while the record is the same', () => {
    fc.assert(
      fc.property(form, form, (old, mine) => {
        expect(changes(mine, rebaseSections(old, mine, old))).toEqual([]);
      }),
    );
  });

  it('is the new record where the operator changed nothing', () => {
    fc.assert(
      fc.property(form, form, (old, fresh) => {
        expect(changes(fresh, rebaseSections(old, old, fresh))).toEqual([]);
      }),
    );
  });

  it('keeps every field that the operator changed, and takes over every other one', () => {
    fc.assert(
      fc.property(form, form, form, (old, mine, fresh) => {
        const merged = rebaseSections(old, mine, fresh);
        for (const name of ['legalName', 'address', 'fax'] as const) {
          const isMine = old.company?.[name] !== mine.company?.[name];
          expect(merged.company?.[name]).toBe((isMine ? mine : fresh).company?.[name]);
        }
      }),
    );
  });

  it('asks for nothing that the operator did not ask for', () => {
    fc.assert(
      fc.property(form, form, form, (old, mine, fresh) => {
        const asked = new Set(changes(old, mine).map(({ item }) => item));
        const after = changes(fresh, rebaseSections(old, mine, fresh)).map(({ item }) => item);
        expect(after.filter((item) => !asked.has(item))).toEqual([]);
      }),
    );
  });

  const one: ManagerDraft = { key: 'one', lastName: 'Zeroual', address: 'Rabat' };
  const over = (old: ManagerDraft[], mine: ManagerDraft[], fresh: ManagerDraft[]) =>
    rebaseSections({ managers: old }, { managers: mine }, { managers: fresh }).managers;

  it('leaves out a manager whom the operator took out, or customs did', () => {
    expect(over([one], [], [{ ...one, address: 'Fès' }])).toEqual([]);
    expect(over([one], [one], [])).toEqual([]);
  });

  it('keeps a manager whom the operator changed, though customs took them out', () => {
    const moved = { ...one, address: 'Oujda' };
    expect(over([one], [moved], [])).toEqual([moved]);
  });

  it('has once a manager whom both added, as the operator typed them', () => {
    const typed = { ...one, address: 'Oujda' };
    expect(over([], [typed], [one])).toEqual([typed]);
  });
});
