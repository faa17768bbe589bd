import { createHash } from 'node:crypto';
import { type FormContext, type ReferenceEntry, type ReferenceList, referenceLists } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import { listReferenceEntries } from './reference.repository.ts';

interface Loaded {
  readonly items: ReferenceEntry[];
  readonly codes: ReadonlySet<string>;
  readonly ribCodes: ReadonlyMap<string, readonly string[]>;
  readonly etag: string;
  readonly loadedAt: number;
}

/** How long a process believes the list that it read, in milliseconds: a replaced list is seen everywhere within that time. */
const believedMs = 60_000;

/** The reference lists, read from PostgreSQL and kept for a minute: they are asked at each save of a form. */
export interface ReferenceLists {
  get: (list: ReferenceList) => Promise<Loaded>;
  /** What the rules of the forms ask of the lists; every list is loaded before. */
  rules: () => Promise<Pick<FormContext, 'has' | 'ribCodes'>>;
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
      ribCodes: new Map(items.map(({ code, ribCodes: codes = [] }) => [code, codes])),
      etag: `"${hash}"`,
      loadedAt: now().getTime(),
    };
    kept.set(list, loaded);
    return loaded;
  };
  // The same functions for the life of the process: what is built for them, such as a form's schemas, can be kept.
  const has = (list: ReferenceList, code: string) => kept.get(list)?.codes.has(code) ?? false;
  const ribCodes = (bank: string) => kept.get('banks')?.ribCodes.get(bank) ?? [];
  return {
    get,
    rules: async () => {
      for (const list of referenceLists) await get(list);
      return { has, ribCodes };
    },
  };
}
