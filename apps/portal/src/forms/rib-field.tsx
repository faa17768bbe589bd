import { formatRib } from '@rnoce/i18n';
import { normaliseIdentifier } from '@rnoce/schemas/identifiers';
import type { FieldProps } from '@rnoce/ui/field';
import { IdentifierField } from '@rnoce/ui/identifier-field';

/** What was typed or pasted as the 24 digits of a RIB; of a Moroccan IBAN, the RIB in it. */
export function ribOf(typed: string): string {
  const bare = normaliseIdentifier(typed);
  return /^MA\d{26}$/.test(bare) ? bare.slice(4) : bare;
}

/** A RIB: pasted with or without spaces, or as an IBAN, and shown in the groups that banks print. */
export function RibField(props: FieldProps) {
  return <IdentifierField {...props} normalise={ribOf} show={formatRib} inputMode="numeric" maxLength={60} />;
}
