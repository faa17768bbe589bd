import { toE164 } from '@rnoce/schemas/phone';
import type { FieldProps } from '@rnoce/ui/field';
import { PhoneField as Field } from '@rnoce/ui/identifier-field';
import type { FieldValues } from 'react-hook-form';

const normalise = (typed: string): string => toE164(typed) ?? typed;

/** A phone number, by the rule of the contract. */
export function PhoneField<V extends FieldValues = FieldValues>(props: FieldProps<V>) {
  return <Field<V> {...props} normalise={normalise} />;
}
