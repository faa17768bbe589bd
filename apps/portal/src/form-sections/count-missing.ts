import { isListSection, sectionRule, sections } from '@rnoce/schemas/sections';

/** What an item of a list is asked: of nobody yet, all of it is missing. */
const askedOfItem: ReadonlyMap<string, number> = new Map(
  sections
    .filter(isListSection)
    .map((section) => [
      `/${section}`,
      Object.values(sectionRule(section).fields).filter(({ required }) => required).length,
    ]),
);

/**
 * How much these issues are to who fills in the form, as its screens ask it: without any item in its list, the one whose
 * card stands open lacks everything. Every place that says how much is missing counts so.
 */
export const countMissing = (
  issues: readonly { readonly pointer: string; readonly code: string }[],
): number =>
  issues.reduce(
    (sum, { pointer, code }) => sum + (code === 'min_items' ? (askedOfItem.get(pointer) ?? 1) : 1),
    0,
  );
