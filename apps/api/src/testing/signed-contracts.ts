import { randomUUID } from 'node:crypto';
import { eq, max } from 'drizzle-orm';
import { contracts, signedContracts } from '../db/schema/contracts.ts';
import { subscriptions } from '../db/schema/subscriptions.ts';
import { contractDataHash } from '../features/contracts/contract-data.ts';
import { storageKey } from '../integrations/storage/storage-key.ts';
import type { TestApp } from './app.ts';
import { giveDocument } from './filings.ts';

/** A contract of the form as it stands, and its scan by hand, as their use cases write them; their files are in no storage. */
export async function giveSignedContract(
  { database }: { database: Pick<TestApp['deps']['database'], 'insert' | 'select' | 'update'> },
  subscriptionId: string,
) {
  const [subscription] = await database
    .select()
    .from(subscriptions)
    .where(eq(subscriptions.id, subscriptionId));
  if (!subscription) throw new Error('no such subscription');
  const [last] = await database
    .select({ version: max(contracts.version) })
    .from(contracts)
    .where(eq(contracts.subscriptionId, subscriptionId));
  const [contract] = await database
    .insert(contracts)
    .values({
      subscriptionId,
      number: `CT-2026-${subscription.code.slice(-10)}`,
      version: (last?.version ?? 0) + 1,
      code: randomUUID(),
      dataHash: contractDataHash(subscription),
      sha256: '1'.repeat(64),
      sizeBytes: 2000,
      storageKey: storageKey('documents', randomUUID()),
      issuedAt: new Date(),
    })
    .returning();
  if (!contract) throw new Error('no contract was made');
  const file = await giveDocument({ database, subscriptionId, document: 'contract' });
  await database
    .insert(signedContracts)
    .values({ documentVersionId: file.id, contractId: contract.id, way: 'handwritten', findings: null });
  return { contract, file };
}
