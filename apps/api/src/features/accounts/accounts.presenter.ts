import type { Account, AccountId } from '@rnoce/schemas';
import type { accounts } from '../../db/schema/accounts.ts';

export type AccountRow = typeof accounts.$inferSelect;

/** The account as its owner sees it. */
export const presentAccount = (row: AccountRow): Account => ({
  id: row.id as AccountId,
  legalName: row.legalName,
  address: row.address,
  email: row.email,
  phone: row.phone,
  locale: row.locale,
  createdAt: row.createdAt.toISOString(),
});
