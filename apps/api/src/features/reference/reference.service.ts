import { createHash } from 'node:crypto';
import { type ReferenceEntry, type ReferenceList, referenceLists } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import { listReferenceEntries } from './reference.repository.ts';

interface Loaded {
  readonly items: ReferenceEntry[];
  readonly codes: ReadonlySet<string>;
  readonly etag: string;
  readonly loadedAt: number;
}

/** How long a process believes the list that it read, in milliseconds: a replaced list is seen everywhere within that time. */
const believedMs = 60_000;

/** The reference lists, read from PostgreSQL and kept for a minute: they are asked at each save of a form. */
export interface ReferenceLists {
  get: (list: ReferenceList) => Promise<Loaded>;
  /** Whether a code stands in a list, for the rules of the forms; every list is loaded before. */
  membership: () => Promise<(list: ReferenceList, code: string) => boolean>;
}

export function createReferenceLists({ database, now }: Pick<Deps, 'database' | 'now'>): ReferenceLists {
  const kept = new Map<ReferenceList, Loaded>();
  const get = async (list: ReferenceList): Promise<Loaded> => {
    const known = kept.get(list);
    if (known && now().getTime() - known.loadedAt < believedMs) return known;
    const items = await listReferenceEntries(database, list);
    const hash = createHash('sha256').update(JSON.stringify(items)).digest('base64url').slice(0, 22);
    const loaded = {
      items,
      codes: new Set(items.map(({ code }) => code)),
      etag: `"${hash}"`,
      loadedAt: now().getTime(),
    };
    kept.set(list, loaded);
    return loaded;
  };
  // One function for the life of the process: what is built for it, such as a form's schemas, can be kept.
  const has = (list: ReferenceList, code: string) => kept.get(list)?.codes.has(code) ?? false;
  return {
    get,
    membership: async () => {
      for (const list of referenceLists) await get(list);
      return has;
    },
  };
}
