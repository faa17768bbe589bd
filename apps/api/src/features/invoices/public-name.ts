import type { invoices } from '../../db/schema/invoices.ts';

/** Written before a name, and no part of it. */
const titles = /^(?:MM?|Mr|Mme|Mlle|Dr|Me|Pr|السيدة?|الآنسة)\.?$/iu;
const initial = /^[^\p{L}\p{N}]*(\p{L})/u;

/** A name's initials, however long its words are: « M. Ahmed Benali » → « M. A••• B••• ». */
function maskName(name: string): string {
  const words = name.trim().split(/\s+/u);
  return words
    .map((word, place) => {
      if (place === 0 && words.length > 1 && titles.test(word)) return word;
      return `${initial.exec(word)?.[1] ?? ''}•••`;
    })
    .join(' ');
}

/** The client's name as anybody may read it: a natural person's keeps its initials only (spec/payment.md, « Orders »). */
export const publicName = ({
  clientName,
  clientIsPerson,
}: Pick<typeof invoices.$inferSelect, 'clientName' | 'clientIsPerson'>): string =>
  clientIsPerson ? maskName(clientName) : clientName;

/** The clients of several invoices as anybody may read them, each once. */
export const publicNames = (lines: readonly Parameters<typeof publicName>[0][]): string =>
  [...new Set(lines.map(publicName))].join(', ');
