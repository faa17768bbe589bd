import type { FormContext } from '@rnoce/schemas/fields';
import type { ReferenceList } from '@rnoce/schemas/reference';
import { sectionRule, sectionsOf } from '@rnoce/schemas/sections';
import { useQueries } from '@tanstack/react-query';
import { referenceQuery } from '../api/queries.ts';
import type { Lists } from './form-frame.ts';

/** The reference lists that a form asks from: those of its fields. */
export const listsOf = (
  context: Pick<FormContext, 'operatorType' | 'authorities'>,
): readonly ReferenceList[] => [
  ...new Set(
    sectionsOf(context).flatMap((section) =>
      Object.values(sectionRule(section).fields).flatMap(({ list }) => list ?? []),
    ),
  ),
];

/** The reference lists of a form, once all are there. */
export function useLists(names: readonly ReferenceList[]) {
  return useQueries({
    queries: names.map((list) => referenceQuery(list)),
    combine: (answers) => ({
      failed: answers.find(({ isError }) => isError),
      lists: answers.every(({ data }) => data !== undefined)
        ? (Object.fromEntries(names.map((list, place) => [list, answers[place]?.data])) as Lists)
        : undefined,
    }),
  });
}
