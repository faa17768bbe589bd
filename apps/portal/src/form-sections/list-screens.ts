/** What the screens of the lists (managers, users, contacts) do beside what the rule tables say. */
import type { ListSection } from '@rnoce/schemas/sections';
import type { Item, Values } from './section-values.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** First name and last name, as far as they are typed. */
export const itemName = ({ firstName, lastName }: Values): string =>
  `${text(firstName)} ${text(lastName)}`.trim();

interface ListScreen {
  /** The field that a closed card shows beside the name, and the one that says what it is. */
  readonly detail: { readonly field: string; readonly kind?: string };
  /** Who may be the same person, and what of theirs is the same. */
  readonly takeOver?: { readonly from: ListSection; readonly take: (person: Values) => Values };
}

export const listScreens: Readonly<Record<ListSection, ListScreen>> = {
  managers: { detail: { field: 'idNumber', kind: 'idType' } },
  singleWindowUsers: {
    detail: { field: 'email' },
    takeOver: {
      from: 'managers',
      take: ({ lastName, firstName, idType, idNumber, idAddress, idExpiresOn }) =>
        // An account is opened on an identity card: another paper doesn't serve.
        idType === 'cin'
          ? { lastName, firstName, cin: idNumber, idAddress, idExpiresOn }
          : { lastName, firstName },
    },
  },
  contacts: {
    detail: { field: 'email' },
    takeOver: {
      from: 'singleWindowUsers',
      take: ({ lastName, firstName, email }) => ({ lastName, firstName, email }),
    },
  },
};

export interface Offer {
  readonly key: string;
  readonly name: string;
  readonly values: Values;
}

/** The people whose data a new item of a list may take over: those with a name who aren't in the list yet. */
export function offersFor(
  section: ListSection,
  key: string,
  items: readonly Item[],
  people: (from: ListSection) => readonly Values[],
): readonly Offer[] {
  const { takeOver } = listScreens[section];
  if (!takeOver) return [];
  const there = new Set(items.filter((item) => item.key !== key).map((item) => itemName(item).toLowerCase()));
  return people(takeOver.from).flatMap((person) => {
    const name = itemName(person);
    if (name === '' || there.has(name.toLowerCase())) return [];
    return [{ key: text(person.key), name, values: takeOver.take(person) }];
  });
}
