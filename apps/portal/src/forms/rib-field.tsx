import { formatRib } from '@rnoce/i18n';
import type { FieldProps } from '@rnoce/ui/field';
import { IdentifierField } from '@rnoce/ui/identifier-field';
import { ribOf } from './rib.ts';

/** A RIB: pasted with or without spaces, or as an IBAN, and shown in the groups that banks print. */
export function RibField(props: FieldProps) {
  return <IdentifierField {...props} normalise={ribOf} show={formatRib} inputMode="numeric" maxLength={60} />;
}
