import { normaliseIdentifier } from '@rnoce/schemas/identifiers';

/** What was typed or pasted as the 24 digits of a RIB; of a Moroccan IBAN, the RIB in it. */
export function ribOf(typed: string): string {
  const bare = normaliseIdentifier(typed);
  return /^MA\d{26}$/.test(bare) ? bare.slice(4) : bare;
}
