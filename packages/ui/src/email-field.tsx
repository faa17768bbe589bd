import type { FieldValues } from 'react-hook-form';
import type { FieldProps } from './field.tsx';
import { TextField } from './text-field.tsx';

/** An e-mail address: 254 characters at the most, as RFC 5321 has it. */
export function EmailField<V extends FieldValues = FieldValues>({
  autoComplete = 'email',
  ...props
}: FieldProps<V> & {
  /** `username` where it names the account. */
  autoComplete?: 'email' | 'username';
}) {
  return (
    <TextField<V> {...props} type="email" inputMode="email" autoComplete={autoComplete} maxLength={254} />
  );
}
