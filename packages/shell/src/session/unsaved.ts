/**
 * What was typed and isn't saved. Screens keep copies of it in the browser's storage, under names of one form, which tells whose they are:
 * `rnoce_<kind>.<id of who typed it>.<what it belongs to>`. They outlive a crash and an expired session, never a sign-out.
 */

/** How long a copy is kept, in milliseconds: older ones are people's data that nobody came back for. */
export const copiesKeptForMs = 7 * 24 * 3600 * 1000;

type Store = Pick<Storage, 'getItem' | 'removeItem' | 'key' | 'length'>;

/** A storage that may be forbidden: opening it then throws. */
type Open = () => Store;

const copyName = /^rnoce_[a-z]+\.([\w-]+)\./;

/** The names of copies, of one owner or of all. */
const copiesIn = (store: Store, owner?: string): string[] =>
  Array.from({ length: store.length }, (_, index) => store.key(index) ?? '').filter((name) => {
    const whose = copyName.exec(name)?.[1];
    return whose !== undefined && (owner === undefined || whose === owner);
  });

const attempt = <T>(action: () => T): T | undefined => {
  try {
    return action();
  } catch {
    // Storage forbidden: then nothing was kept.
    return undefined;
  }
};

/** An attempt to send goes with a text that has its own copy. */
const isText = (name: string): boolean => !name.endsWith('.attempt');

/** Whether a storage holds something that this owner typed. */
export const hasCopies = (open: Open, owner: string): boolean =>
  attempt(() => copiesIn(open(), owner).some(isText)) ?? false;

/** Forgets what this owner typed. */
export function forgetCopies(open: Open, owner: string): void {
  attempt(() => {
    const store = open();
    for (const name of copiesIn(store, owner)) store.removeItem(name);
  });
}

function madeAt(text: string | null): number | undefined {
  const value: unknown = attempt(() => JSON.parse(text ?? 'null'));
  const at = typeof value === 'object' && value !== null && 'at' in value ? value.at : undefined;
  return typeof at === 'number' ? at : undefined;
}

/** Forgets the copies of everybody that are too old, or don't tell how old they are (`at`, milliseconds since 1970). */
export function forgetOldCopies(open: Open, now: number): void {
  attempt(() => {
    const store = open();
    for (const name of copiesIn(store)) {
      const at = madeAt(store.getItem(name));
      if (at === undefined || now - at > copiesKeptForMs) store.removeItem(name);
    }
  });
}

const savers = new Set<() => Promise<boolean>>();

/** For as long as a screen holds typed work: `save` saves it and resolves to whether nothing is left. Returns how to take it back. */
export function holdUnsaved(save: () => Promise<boolean>): () => void {
  savers.add(save);
  return () => savers.delete(save);
}

/** Saves what the screens hold. False: something is left. */
export async function saveUnsaved(): Promise<boolean> {
  const saved = await Promise.all([...savers].map((save) => save()));
  return saved.every(Boolean);
}

let givenUp = false;
/** Whether the person has chosen to lose what isn't saved in this page: it isn't asked again. */
export const isGivenUp = (): boolean => givenUp;
export const giveUp = (): void => {
  givenUp = true;
};
