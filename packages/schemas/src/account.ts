import { z } from 'zod';
import { AccountId, Instant, Locale } from './primitives.ts';

/** Most characters of a password: longer ones would only cost hashing time. */
export const maxPasswordLength = 256;

/** The operator's account, as its owner sees it. */
export const Account = z.object({
  id: AccountId,
  legalName: z.string(),
  address: z.string(),
  email: z.string(),
  phone: z.string(),
  locale: Locale,
  createdAt: Instant,
});
export type Account = z.infer<typeof Account>;
