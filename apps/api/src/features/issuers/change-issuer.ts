import type { ChangeIssuerBody, ManagedIssuer } from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { issuers } from '../../db/schema/invoices.ts';
import type { Deps } from '../../deps.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { changesOf, recordAct } from '../administration/record-act.ts';
import { presentManagedIssuer } from './issuers.presenter.ts';
import { getManagedIssuer, lockIssuer } from './managed-issuers.repository.ts';

/**
 * Changes what is given, and nothing else. Suspended, nothing more is published in its name, by its programs or by agents; what is unpaid
 * stays payable. Orders keep the name of when they were made. Throws `not_found`.
 */
export async function changeIssuer(
  { database, now }: Pick<Deps, 'database' | 'now'>,
  agent: AgentPrincipal,
  code: string,
  { name, active }: ChangeIssuerBody,
): Promise<ManagedIssuer> {
  const parts = await database.transaction(async (tx) => {
    const former = await lockIssuer(tx, code);
    await tx
      .update(issuers)
      .set({ name: name ?? former.name, active: active ?? former.active })
      .where(eq(issuers.id, former.id));
    const done = { by: agent.agentId, about: { issuerId: former.id }, at: now() };
    const changes = changesOf(former, { name }, ['name']);
    if (changes.length > 0) await recordAct(tx, { ...done, act: 'issuer_changed', changes });
    if (active !== undefined && active !== former.active)
      await recordAct(tx, { ...done, act: active ? 'issuer_restored' : 'issuer_suspended' });
    return await getManagedIssuer(tx, code);
  });
  return presentManagedIssuer(parts);
}
