import { randomInt } from 'node:crypto';
import { controlKey } from '@rnoce/schemas/identifiers';
import { invoices, issuers, subscriptionCodes } from '../db/schema/invoices.ts';
import type { TestApp } from './app.ts';

type Database = { readonly deps: Pick<TestApp['deps'], 'database'> };

const inserted = <T>([row]: T[]): T => {
  if (!row) throw new Error('nothing was made');
  return row;
};

/** An ICE that no other test has, with right check digits. */
export function newIce(): string {
  const company = `0099${String(randomInt(100_000)).padStart(5, '0')}${String(randomInt(10_000)).padStart(4, '0')}`;
  return `${company}${controlKey(company)}`;
}

/** A code that no other test has, nearly surely: 1.7 million codes for the few of a file. */
export const newSubscriptionCode = (): string =>
  randomInt(36 ** 4)
    .toString(36)
    .padStart(4, '0')
    .toUpperCase();

export async function makeIssuer({ deps }: Database, given: Partial<typeof issuers.$inferInsert> = {}) {
  const code = given.code ?? `TEST-${String(randomInt(1e9))}`;
  return inserted(
    await deps.database
      .insert(issuers)
      .values({ name: `Émetteur ${code}`, ...given, code })
      .returning(),
  );
}

export async function makeSubscriptionCode(
  { deps }: Database,
  given: Partial<typeof subscriptionCodes.$inferInsert> = {},
) {
  return inserted(
    await deps.database
      .insert(subscriptionCodes)
      .values({ code: newSubscriptionCode(), ice: newIce(), legalName: 'Société de test SARL', ...given })
      .returning(),
  );
}

/** An unpaid invoice of 840.00 MAD. */
export async function makeInvoice(
  { deps }: Database,
  given: Partial<typeof invoices.$inferInsert> &
    Pick<typeof invoices.$inferInsert, 'issuerId' | 'clientCode'>,
) {
  return inserted(
    await deps.database
      .insert(invoices)
      .values({
        number: `F${String(randomInt(1e9))}`,
        clientName: 'Société de test SARL',
        clientIsPerson: false,
        issuedOn: '2026-10-01',
        dueOn: '2026-12-31',
        amountCentimes: 84_000,
        methods: ['amanpay', 'cmi'],
        ...given,
      })
      .returning(),
  );
}
