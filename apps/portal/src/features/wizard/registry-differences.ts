/** Where what is declared isn't what BADR holds: shown at the review, because an agent will see it too. */
import { type CompanyField, companyFields } from '@rnoce/schemas/company';
import type { FormContext } from '@rnoce/schemas/fields';
import type { SectionsDraft } from '@rnoce/schemas/sections';
import { tidySection } from '@rnoce/schemas/sections';

/** Letters, case and accents apart: BADR writes in capitals without accents. */
const plain = (value: string): string =>
  value
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toUpperCase();

export type Differences = ReadonlyMap<CompanyField, string>;

/** What BADR holds for each company field that says something else; a field that either side leaves empty is no difference. */
export function registryDifferences(
  context: FormContext,
  declared: SectionsDraft['company'],
  held: SectionsDraft['company'] | undefined,
): Differences {
  if (!held) return new Map();
  const [here, there] = [tidySection('company', context, declared), tidySection('company', context, held)];
  return new Map(
    (Object.keys(companyFields) as CompanyField[]).flatMap((field) => {
      const [mine, theirs] = [here[field], there[field]];
      if (typeof mine !== 'string' || typeof theirs !== 'string') return [];
      return plain(mine) === plain(theirs) ? [] : [[field, theirs] as const];
    }),
  );
}
