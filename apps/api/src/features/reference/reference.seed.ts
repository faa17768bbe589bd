import type { ReferenceList } from '@rnoce/schemas';
import activities from '@rnoce/schemas/data/activites.json' with { type: 'json' };
import banks from '@rnoce/schemas/data/banques.json' with { type: 'json' };
import rcCentres from '@rnoce/schemas/data/centres-rc.json' with { type: 'json' };
import cities from '@rnoce/schemas/data/villes.json' with { type: 'json' };
import { and, eq, notInArray, sql } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { referenceEntries } from '../../db/schema/reference.ts';

interface SeedEntry {
  code: string;
  label: string;
  labelAr?: string;
  common?: boolean;
  ribCodes?: string[];
}

const labelled = (
  entries: readonly { code: string; label: string; labelAr?: string | undefined }[],
): SeedEntry[] =>
  entries.map(({ code, label, labelAr }) => ({ code, label, ...(labelAr ? { labelAr } : {}) }));

/** The lists as they are delivered (packages/schemas/data/SOURCES.md). */
export const seedLists: Readonly<Record<ReferenceList, readonly SeedEntry[]>> = {
  'rc-centres': labelled(rcCentres.centres),
  cities: cities.villes.map((city) => ({
    ...labelled([city])[0],
    code: city.code,
    label: city.label,
    common: cities.filtreParDefaut.includes(city.type),
  })),
  activities: labelled(activities.activites),
  banks: banks.banques.map((bank) => ({
    ...labelled([bank])[0],
    code: bank.code,
    label: bank.label,
    ribCodes: bank.codesRib,
  })),
};

/** Loads the lists: labels are refreshed, codes that a list no longer has are removed. Safe to run again. */
export async function loadReferenceLists(executor: Executor): Promise<void> {
  for (const [list, entries] of Object.entries(seedLists) as [ReferenceList, readonly SeedEntry[]][]) {
    const rows = entries.map(({ code, label, labelAr, common, ribCodes = [] }, position) => ({
      list,
      code,
      label,
      labelAr: labelAr ?? null,
      common: common ?? false,
      ribCodes,
      position,
    }));
    for (let start = 0; start < rows.length; start += 500) {
      await executor
        .insert(referenceEntries)
        .values(rows.slice(start, start + 500))
        .onConflictDoUpdate({
          target: [referenceEntries.list, referenceEntries.code],
          set: {
            label: sql`excluded.label`,
            labelAr: sql`excluded.label_ar`,
            common: sql`excluded.common`,
            ribCodes: sql`excluded.rib_codes`,
            position: sql`excluded.position`,
          },
        });
    }
    const codes = rows.map(({ code }) => code);
    await executor
      .delete(referenceEntries)
      .where(and(eq(referenceEntries.list, list), notInArray(referenceEntries.code, codes)));
  }
}
