import type { AdministrationAct, AdministrationChange, AgentId } from '@rnoce/schemas';
import type { Transaction } from '../../db/database.ts';
import { administrationEntries } from '../../db/schema/administration.ts';

/** What an act was about: one of them, by its row's id. */
type Subject =
  | { readonly agentId: string }
  | { readonly issuerId: string }
  | { readonly integratorId: string };

interface Act {
  readonly act: AdministrationAct;
  /** Who did it; null: the operator whose integrator it is about. */
  readonly by: AgentId | null;
  readonly about: Subject;
  readonly at: Date;
  readonly changes?: readonly AdministrationChange[];
  /** A key's hint, or an endpoint's address without its query. */
  readonly detail?: string;
}

/** Writes what an administrator did, or an operator about a key that acts for them, in the transaction that does it. */
export async function recordAct(
  tx: Transaction,
  { act, by, about, at, changes = [], detail }: Act,
): Promise<void> {
  await tx
    .insert(administrationEntries)
    .values({ act, by, ...about, changes: [...changes], detail: detail ?? null, createdAt: at });
}

/** The fields that differ, as they were and as they are; those that weren't given don't. */
export function changesOf<F extends AdministrationChange['field']>(
  former: Readonly<Record<F, string>>,
  given: Readonly<Partial<Record<F, string | undefined>>>,
  fields: readonly F[],
): AdministrationChange[] {
  return fields.flatMap((field) => {
    const to = given[field];
    return to === undefined || to === former[field] ? [] : [{ field, from: former[field], to }];
  });
}
