import { isListSection, Section } from '@rnoce/schemas/sections';

interface ElementParts {
  readonly section: Section;
  /** Place in the list, from 0; undefined when the section is none, or is meant as a whole. */
  readonly index: number | undefined;
  readonly field: string | undefined;
}

/** The parts of an element of a section: `company.ice`, `managers.1.lastName`, `singleWindowUsers.0`; undefined for anything else. */
export function elementParts(element: string): ElementParts | undefined {
  const [first, ...rest] = element.split('.');
  const section = Section.safeParse(first).data;
  if (!section) return undefined;
  const [place, field] = isListSection(section) ? rest : [undefined, rest[0]];
  // A reason of an operation names a manager by key, which tells nobody who is meant: the list then stands for them.
  const index = place === undefined || !/^\d+$/.test(place) ? undefined : Number(place);
  return { section, index, field };
}
