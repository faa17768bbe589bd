import { formatDate } from '@rnoce/i18n';
import { IconCalendar } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { FieldValues } from 'react-hook-form';
import { parseDateText } from './date-text.ts';
import { FieldFrame, type FieldProps, useField } from './field.tsx';
import { useT } from './i18n.tsx';

const valueOf = (written: string): string => parseDateText(written) ?? written;

/**
 * A date typed day first (`2/8/2023`, `02-08-2023`, `02082023`) or picked in the browser's own calendar. The value is the ISO
 * date; what isn't a date stays as typed, so that the schema refuses it as `date_invalid` and nothing is lost.
 */
export function DateField<V extends FieldValues = FieldValues>({
  min,
  max,
  ...props
}: FieldProps<V> & { min?: string | undefined; max?: string | undefined }) {
  const t = useT();
  const picker = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string>();
  const { id, ids, field, text, error, controlProps } = useField(props);
  // What was typed is shown as long as it still is the value: a reset or a prefill takes over.
  const shown = typed !== undefined && valueOf(typed) === text ? typed : formatDate(text);
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text);
  return (
    <FieldFrame id={id} ids={ids} error={error} {...props}>
      <div className="rnoce-input-box">
        <input
          {...controlProps}
          value={shown}
          placeholder={t('common:date.format')}
          inputMode="numeric"
          autoComplete="off"
          maxLength={24}
          dir="ltr"
          readOnly={props.readOnly}
          disabled={props.disabled}
          className="rnoce-input rnoce-with-button rnoce-tabular"
          onChange={(event) => {
            setTyped(event.target.value);
            field.onChange(valueOf(event.target.value));
          }}
          onBlur={() => {
            setTyped(undefined);
            field.onBlur();
            props.onCommit?.();
          }}
        />
        <input
          ref={picker}
          type="date"
          tabIndex={-1}
          aria-hidden
          className="rnoce-date-picker"
          min={min}
          max={max}
          value={isDate ? text : ''}
          onChange={(event) => {
            setTyped(undefined);
            field.onChange(event.target.value);
            props.onCommit?.();
          }}
        />
        {props.readOnly === true || props.disabled === true ? null : (
          <button
            type="button"
            className="rnoce-input-button"
            aria-label={t('common:labelled', { label: t('common:action.choose-date'), value: props.label })}
            onClick={() => picker.current?.showPicker()}
          >
            <IconCalendar className="rnoce-icon" aria-hidden />
          </button>
        )}
      </div>
    </FieldFrame>
  );
}
