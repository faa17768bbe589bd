import { casablancaDate } from '@rnoce/schemas';
import { scopesFor } from '@rnoce/schemas/scopes';
import { count, inArray } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { apiKeys, integrators } from '../db/schema/integrators.ts';
import type { Deps } from '../deps.ts';
import { findAccountOfCode } from '../features/integrators/integrators.repository.ts';
import { getIssuer } from '../features/issuers/issuers.service.ts';
import { hashOfKey, prefixOfKey } from '../plugins/api-keys.ts';
import { demoIntegrators } from './demo-integrators.ts';

type Demo = (typeof demoIntegrators)[number];

const keyDays = 365;

const prefixOf = ({ key }: Demo): string => {
  const prefix = prefixOfKey(key);
  if (prefix === undefined) throw new Error('a demonstration key has not the form of one');
  return prefix;
};

/** Whether this database has the demonstration's keys. */
export async function hasDemoIntegrators({ database }: Pick<Deps, 'database'>): Promise<boolean> {
  const [row] = await database
    .select({ found: count() })
    .from(apiKeys)
    .where(inArray(apiKeys.prefix, demoIntegrators.map(prefixOf)));
  return row?.found === demoIntegrators.length;
}

async function ownerOf(executor: Executor, { of }: Demo) {
  switch (of.kind) {
    case 'issuer':
      return { issuerId: (await getIssuer(executor, of.issuer)).id, authority: null };
    case 'authority':
      return { authority: of.authority };
    case 'operator':
      return { accountId: await findAccountOfCode(executor, of.subscriptionCode), authority: null };
  }
}

/** Makes the integrators with one key each, of all that their kind may; issuers and codes are there. Stopped half-way, it goes on from there. */
export async function loadDemoIntegrators({ database, now }: Pick<Deps, 'database' | 'now'>): Promise<void> {
  const expiresOn = casablancaDate(new Date(now().getTime() + keyDays * 86_400_000));
  const known = await database
    .select({ prefix: apiKeys.prefix })
    .from(apiKeys)
    .where(inArray(apiKeys.prefix, demoIntegrators.map(prefixOf)));
  for (const demo of demoIntegrators) {
    const prefix = prefixOf(demo);
    if (known.some((one) => one.prefix === prefix)) continue;
    const { name, email, key, of } = demo;
    await database.transaction(async (tx) => {
      const owner = await ownerOf(tx, demo);
      const [made] = await tx
        .insert(integrators)
        .values({ kind: of.kind, name, email, ...owner })
        .returning({ id: integrators.id });
      if (!made) throw new Error('no integrator was made');
      await tx.insert(apiKeys).values({
        integratorId: made.id,
        name: 'Démonstration',
        prefix,
        hash: hashOfKey(key),
        scopes: scopesFor(of.kind, owner.authority ?? null),
        expiresOn,
      });
    });
  }
}
