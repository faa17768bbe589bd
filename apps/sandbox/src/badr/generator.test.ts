import { readFileSync } from 'node:fs';
import { hasValidIceKey, hasValidRibKey } from '@rnoce/schemas/identifiers';
import { entityTypes, operatorTypes } from '@rnoce/schemas/operator-types';
import { toE164 } from '@rnoce/schemas/phone';
import { describe, expect, it } from 'vitest';
import { Company, Registration } from './company.ts';
import { fixtures, iceOf, unknownCompany } from './fixtures.ts';
import { inventCompanies } from './generator.ts';

const companies = inventCompanies(2026, 300);
const codesIn = (list: string) =>
  new Set(
    [
      ...readFileSync(
        new URL(`../../../../packages/schemas/data/${list}.json`, import.meta.url),
        'utf8',
      ).matchAll(/"code": "([^"]+)"/g),
    ].map((match) => match[1]),
  );

describe('invented companies', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(inventCompanies(2026, 300)).toEqual(companies);
    expect(inventCompanies(2027, 300)).not.toEqual(companies);
  });

  it('cover every operator type with every entity type and origin', () => {
    const kinds = new Set(
      companies.map(({ operatorType, entityType, origin }) => `${operatorType} ${entityType} ${origin}`),
    );
    expect(companies.length).toBeGreaterThanOrEqual(300);
    for (const operatorType of operatorTypes) {
      for (const entityType of entityTypes) {
        for (const origin of ['lease', 'domiciliation', 'acquisition']) {
          expect(kinds).toContain(`${operatorType} ${entityType} ${origin}`);
        }
      }
    }
    expect(companies.some((company) => company.accountStatus === 'cancelled')).toBe(true);
  });

  it('are valid, with right keys, known codes, and addresses that reach nobody', () => {
    const [centres, towns, activities] = [codesIn('centres-rc'), codesIn('villes'), codesIn('activites')];
    for (const company of companies) {
      expect(Company.safeParse(company).error).toBeUndefined();
      expect(Registration.safeParse(company).error).toBeUndefined();
      expect(hasValidIceKey(company.ice)).toBe(true);
      expect(company.rib !== undefined && hasValidRibKey(company.rib)).toBe(
        company.operatorType === 'importer',
      );
      expect(centres).toContain(company.rcCentre);
      expect(towns).toContain(company.city);
      expect(activities).toContain(company.mainActivity);
      expect(toE164(company.phone)).toBe(company.phone);
      expect(company.email).toMatch(/\.example$/);
    }
  });

  it('are all different, and leave the unknown company unknown', () => {
    for (const field of ['ice', 'legalName', 'accountNumber'] as const) {
      expect(new Set(companies.map((company) => company[field])).size).toBe(companies.length);
    }
    expect(companies.some((company) => company.ice === unknownCompany.ice)).toBe(false);
    expect(companies.slice(0, 5)).toEqual(Object.values(fixtures));
  });
});

it('makes the ICE whose key the published example shows', () => {
  expect(iceOf('001561191')).toBe('001561191000066');
});
