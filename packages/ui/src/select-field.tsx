import type { FieldValues } from 'react-hook-form';
import { FieldFrame, type FieldProps, useField } from './field.tsx';
import { Select } from './select.tsx';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A short list; the browser's own control, so that a phone shows its own wheel. For a long list, `SearchSelectField`. */
export function SelectField<V extends FieldValues = FieldValues>({
  options,
  placeholder = '',
  ...props
}: FieldProps<V> & { options: readonly Choice[]; placeholder?: string }) {
  const { id, ids, field, text, error, controlProps } = useField(props);
  return (
    <FieldFrame id={id} ids={ids} error={error} {...props}>
      <Select
        {...controlProps}
        value={text}
        disabled={props.disabled === true || props.readOnly === true}
        onBlur={field.onBlur}
        onChange={(event) => {
          field.onChange(event.target.value);
          props.onCommit?.();
        }}
      >
        <option value="">{placeholder}</option>
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
    </FieldFrame>
  );
}
