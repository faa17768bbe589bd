import {
  type Catalogue,
  findMessage,
  type LoadCatalogue,
  type Locale,
  type MessageKey,
  type MessageParams,
} from '@rnoce/i18n';

/** A message by its whole name: `t('portal:home.title')`, with parameters or a `count`. */
export type Translate = (key: MessageKey, params?: MessageParams) => string;
/** The same for keys that are only known at run time: undefined when the catalogue doesn't have the key. */
export type FindMessage = (key: string, params?: MessageParams) => string | undefined;

/** The readers of one language; always the same two functions, so that they can stand in a list of dependencies. */
interface Reader {
  readonly t: Translate;
  readonly find: FindMessage;
}

/** The messages of an application: the language in use, and the parts of its catalogues that are loaded so far. */
export interface Languages {
  readonly locale: () => Locale;
  readonly reader: (locale: Locale) => Reader;
  /** Loads one more part in the language in use; changes of language bring it along from then on. */
  readonly add: (part: LoadCatalogue) => Promise<void>;
  /**
   * Loads every part in a language and then goes over to it. Of two changes under way, the later one holds.
   *
   * @returns whether the language is the wanted one now
   */
  readonly change: (locale: Locale) => Promise<boolean>;
  /** Calls `watcher` after each change of language; returns how to stop. */
  readonly subscribe: (watcher: () => void) => () => void;
}

export function makeLanguages(first: Locale): Languages {
  let current = first;
  let lastChange = 0;
  const parts = new Set<LoadCatalogue>();
  const loaded = new Map<Locale, Map<LoadCatalogue, Catalogue>>();
  const readers = new Map<Locale, Reader>();
  const watchers = new Set<() => void>();

  const load = async (part: LoadCatalogue, locale: Locale): Promise<void> => {
    const known = loaded.get(locale) ?? new Map<LoadCatalogue, Catalogue>();
    loaded.set(locale, known);
    if (!known.has(part)) known.set(part, await part[locale]());
  };

  /** The language may change while the part is on its way: then it is loaded once more. */
  const loadInCurrent = async (part: LoadCatalogue): Promise<void> => {
    const locale = current;
    await load(part, locale);
    if (locale !== current) await loadInCurrent(part);
  };

  /** A part that is asked for meanwhile belongs to the new language too. */
  const loadAll = async (locale: Locale): Promise<void> => {
    const count = parts.size;
    await Promise.all([...parts].map((part) => load(part, locale)));
    if (count < parts.size) await loadAll(locale);
  };

  const makeReader = (locale: Locale): Reader => {
    const find: FindMessage = (key, params) => {
      for (const catalogue of loaded.get(locale)?.values() ?? []) {
        const message = findMessage(catalogue, locale, key, params);
        if (message !== undefined) return message;
      }
      return undefined;
    };
    return { find, t: (key, params) => find(key, params) ?? key };
  };

  return {
    locale: () => current,
    reader: (locale) => {
      const reader = readers.get(locale) ?? makeReader(locale);
      readers.set(locale, reader);
      return reader;
    },
    add: async (part) => {
      parts.add(part);
      try {
        await loadInCurrent(part);
      } catch (error) {
        parts.delete(part);
        throw error;
      }
    },
    change: async (locale) => {
      lastChange += 1;
      const change = lastChange;
      await loadAll(locale);
      if (change !== lastChange) return false;
      current = locale;
      for (const watcher of watchers) watcher();
      return true;
    },
    subscribe: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}
