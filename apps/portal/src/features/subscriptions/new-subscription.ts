import { type Authority, Authority as AuthoritySchema, Purpose } from '@rnoce/schemas/operator-types';
import { z } from 'zod';

/** The fields of « Vérification du compte », as typed. */
export const identifierFields = ['email', 'taxId', 'ice', 'rcNumber', 'operatorType', 'rcCentre'] as const;
export type IdentifierField = (typeof identifierFields)[number];
export type IdentifierValues = Record<IdentifierField, string>;

const typed = z.string().max(300);
const NewSubscription = z.object({
  accountId: z.string(),
  authorities: z.array(AuthoritySchema).min(1),
  purpose: Purpose,
  identifiers: z
    .object({ email: typed, taxId: typed, ice: typed, rcNumber: typed, operatorType: typed, rcCentre: typed })
    .optional(),
});
/** A subscription that isn't created yet: what was chosen and typed, kept in this tab so that going back or reloading loses nothing. */
export type NewSubscription = z.infer<typeof NewSubscription>;

const key = 'rnoce:new-subscription';

/** Undefined when nothing was begun in this tab by this account. */
export function readNewSubscription(accountId: string | undefined): NewSubscription | undefined {
  try {
    const kept = NewSubscription.safeParse(JSON.parse(window.sessionStorage.getItem(key) ?? 'null'));
    return kept.success && kept.data.accountId === accountId ? kept.data : undefined;
  } catch {
    return undefined;
  }
}

export function keepNewSubscription(subscription: NewSubscription): void {
  try {
    window.sessionStorage.setItem(key, JSON.stringify(subscription));
  } catch {
    // Storage forbidden: the choice then lives as long as the page.
  }
}

export function dropNewSubscription(): void {
  try {
    window.sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}

/** What stays chosen of an earlier choice when the offer has changed meanwhile. */
export const stillOffered = (chosen: readonly Authority[], offered: readonly Authority[]): Authority[] =>
  chosen.filter((authority) => offered.includes(authority));
