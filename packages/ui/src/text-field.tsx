import type { HTMLInputAutoCompleteAttribute } from 'react';
import type { FieldValues } from 'react-hook-form';
import { FieldFrame, type FieldProps, useField } from './field.tsx';

/** One line of text, or several with `rows`. `code` for what reads from left to right in every language. */
export function TextField<V extends FieldValues = FieldValues>({
  type = 'text',
  autoComplete,
  inputMode,
  maxLength,
  placeholder,
  rows,
  code = false,
  ...props
}: FieldProps<V> & {
  type?: 'text' | 'email' | 'search' | 'url';
  autoComplete?: HTMLInputAutoCompleteAttribute;
  inputMode?: 'text' | 'numeric' | 'email' | 'tel';
  maxLength?: number;
  placeholder?: string;
  rows?: number;
  code?: boolean;
}) {
  const { id, ids, field, text, error, controlProps } = useField(props);
  const shared = {
    ...controlProps,
    value: text,
    onChange: field.onChange,
    onBlur: () => {
      field.onBlur();
      props.onCommit?.();
    },
    readOnly: props.readOnly,
    disabled: props.disabled,
    className: code || type === 'email' ? 'rnoce-input rnoce-tabular' : 'rnoce-input',
    dir: code || type === 'email' ? 'ltr' : 'auto',
    autoComplete,
    inputMode,
    maxLength,
    placeholder,
  };
  return (
    <FieldFrame id={id} ids={ids} error={error} {...props}>
      {rows === undefined ? (
        <input {...shared} type={type} spellCheck={type === 'text' && !code} />
      ) : (
        <textarea {...shared} rows={rows} />
      )}
    </FieldFrame>
  );
}

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
