import { formatDate } from '@rnoce/i18n';
import { IconCalendar } from '@tabler/icons-react';
import { type ComponentProps, useRef, useState } from 'react';
import { parseDateText } from './date-text.ts';
import { useT } from './i18n.tsx';
import './field.css';

const valueOf = (written: string): string => parseDateText(written) ?? written;

/** Whether what a `DateInput` holds is a date, and not something that isn't one yet. */
export const isDay = (value: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(value);

/**
 * The control of a date, day first in every language whatever the browser's own; in a form, `DateField`. Its value is the ISO date, or
 * what was typed as long as that isn't one.
 */
export function DateInput({
  label,
  value,
  min,
  max,
  onValue,
  onPicked,
  onBlur,
  ...control
}: {
  /** What the date is of: the button of the calendar says it. */
  label: string;
  value: string;
  min?: string | undefined;
  max?: string | undefined;
  onValue: (value: string) => void;
  /** After `onValue`, where the date came from the calendar. */
  onPicked?: (() => void) | undefined;
  onBlur?: () => void;
} & Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'className'>) {
  const t = useT();
  const picker = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string>();
  // What was typed is shown as long as it still is the value: a reset or a prefill takes over.
  const shown = typed !== undefined && valueOf(typed) === value ? typed : formatDate(value);
  return (
    <span className="rnoce-input-box">
      <input
        {...control}
        value={shown}
        placeholder={t('common:date.format')}
        inputMode="numeric"
        autoComplete="off"
        maxLength={24}
        dir="ltr"
        className="rnoce-input rnoce-with-button rnoce-tabular"
        onChange={(event) => {
          setTyped(event.target.value);
          onValue(valueOf(event.target.value));
        }}
        onBlur={() => {
          setTyped(undefined);
          onBlur?.();
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
        value={isDay(value) ? value : ''}
        onChange={(event) => {
          setTyped(undefined);
          onValue(event.target.value);
          onPicked?.();
        }}
      />
      {control.readOnly === true || control.disabled === true ? null : (
        <button
          type="button"
          className="rnoce-input-button"
          aria-label={t('common:labelled', { label: t('common:action.choose-date'), value: label })}
          onClick={() => picker.current?.showPicker()}
        >
          <IconCalendar className="rnoce-icon" aria-hidden />
        </button>
      )}
    </span>
  );
}
