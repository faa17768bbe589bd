import type { ReferenceEntry, ReferenceList } from '@rnoce/schemas';
import { asc, eq } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { referenceEntries } from '../../db/schema/reference.ts';

/** The entries of a list, in its order. */
export async function listReferenceEntries(
  executor: Executor,
  list: ReferenceList,
): Promise<ReferenceEntry[]> {
  const rows = await executor
    .select()
    .from(referenceEntries)
    .where(eq(referenceEntries.list, list))
    .orderBy(asc(referenceEntries.position));
  return rows.map(({ code, label, labelAr, common, ribCodes }) => ({
    code,
    label,
    ...(labelAr ? { labelAr } : {}),
    ...(common ? { common } : {}),
    ...(ribCodes.length > 0 ? { ribCodes } : {}),
  }));
}
