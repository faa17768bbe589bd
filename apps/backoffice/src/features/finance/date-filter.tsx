import { DateInput, isDay } from '@rnoce/ui/date-input';
import { useIssueMessage } from '@rnoce/ui/field-message';
import { useId, useState } from 'react';

/** A day of a filter; it goes into the address once it is whole. */
export function DateFilter({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (day: string) => void;
}) {
  const id = useId();
  const message = useIssueMessage();
  // What is typed stays beside the day that the list is of, until that one changes.
  const [written, setWritten] = useState({ beside: value, text: value, left: false });
  const text = written.beside === value ? written.text : value;
  const wrong = written.beside === value && written.left && text !== '' && !isDay(text);
  return (
    <div className="backoffice-filter">
      <label htmlFor={id}>{label}</label>
      <DateInput
        id={id}
        label={label}
        value={text}
        aria-invalid={wrong || undefined}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        onValue={(day) => {
          setWritten({ beside: value, text: day, left: false });
          if (day === '' || isDay(day)) onChange(day);
        }}
        onBlur={() => setWritten({ beside: value, text, left: true })}
      />
      {wrong ? (
        <span id={`${id}-wrong`} className="rnoce-field-error">
          {message('date_invalid')}
        </span>
      ) : null}
    </div>
  );
}
