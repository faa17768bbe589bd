import type { FieldValues } from 'react-hook-form';
import { DateInput } from './date-input.tsx';
import { FieldFrame, type FieldProps, useField } from './field.tsx';

/**
 * A date typed day first (`2/8/2023`, `02-08-2023`, `02082023`) or picked in the browser's own calendar. The value is the ISO
 * date; what isn't a date stays as typed, so that the schema refuses it as `date_invalid` and nothing is lost.
 */
export function DateField<V extends FieldValues = FieldValues>({
  min,
  max,
  ...props
}: FieldProps<V> & { min?: string | undefined; max?: string | undefined }) {
  const { id, ids, field, text, error, controlProps } = useField(props);
  return (
    <FieldFrame id={id} ids={ids} error={error} {...props}>
      <DateInput
        {...controlProps}
        label={props.label}
        value={text}
        min={min}
        max={max}
        readOnly={props.readOnly}
        disabled={props.disabled}
        onValue={field.onChange}
        onPicked={props.onCommit}
        onBlur={() => {
          field.onBlur();
          props.onCommit?.();
        }}
      />
    </FieldFrame>
  );
}
