import { searchable } from './text.ts';

/** An entry of a reference list: `code` as the guide shows it before the name. */
export interface SearchOption {
  readonly code: string;
  readonly label: string;
  readonly labelAr?: string | undefined;
  /** Shown before anything is typed. */
  readonly common?: boolean | undefined;
}

interface IndexedOption {
  readonly option: SearchOption;
  readonly code: string;
  readonly text: string;
}

export type SearchIndex = readonly IndexedOption[];

/** Prepares a list once, so that each keystroke only compares. */
export const indexOptions = (options: readonly SearchOption[]): SearchIndex =>
  options.map((option) => ({
    option,
    code: searchable(option.code),
    text: ` ${searchable(`${option.label} ${option.labelAr ?? ''}`)}`,
  }));

const withoutLeadingZeros = (code: string): string => code.replace(/^0+(?=.)/, '');

/** How well an entry answers, smaller is better; undefined when a word isn't found. */
function rank({ code, text }: IndexedOption, query: string, words: readonly string[]): number | undefined {
  if (code === query || withoutLeadingZeros(code) === withoutLeadingZeros(query)) return 0;
  if (code.startsWith(query)) return 1;
  if (text.startsWith(` ${query}`)) return 2;
  if (words.every((word) => text.includes(` ${word}`) || code.startsWith(word))) return 3;
  return words.every((word) => text.includes(word) || code.includes(word)) ? 4 : undefined;
}

/**
 * The entries that answer a query by code or by words of the name, in any order, without accents; the best first.
 * Without a query, the common ones, or the first of the list. `total` counts what `limit` left off.
 */
export function searchOptions(
  index: SearchIndex,
  typed: string,
  limit: number,
): { options: SearchOption[]; total: number } {
  const query = searchable(typed);
  if (query === '') {
    const common = index.filter(({ option }) => option.common);
    const shown = common.length > 0 ? common : index;
    return { options: shown.slice(0, limit).map(({ option }) => option), total: index.length };
  }
  const words = query.split(' ');
  const found = index
    .map((entry) => ({ option: entry.option, rank: rank(entry, query, words) }))
    .filter((entry): entry is { option: SearchOption; rank: number } => entry.rank !== undefined)
    .toSorted((a, b) => a.rank - b.rank);
  return { options: found.slice(0, limit).map(({ option }) => option), total: found.length };
}
