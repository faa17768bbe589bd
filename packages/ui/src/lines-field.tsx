import type { FieldValues } from 'react-hook-form';
import { FieldFrame, type FieldProps, useField } from './field.tsx';
import { useIssueMessage } from './field-message.tsx';
import { useT } from './i18n.tsx';

/**
 * Several values, one a line; its value is the text as it was typed, and `linesOf` reads it. An error of one line has the field's name and
 * the line's number from 0, `addresses.2`.
 */
export function LinesField<V extends FieldValues = FieldValues>({
  rows = 4,
  ...props
}: FieldProps<V> & { rows?: number }) {
  const t = useT();
  const messageOf = useIssueMessage();
  const { id, ids, field, text, error, lineErrors, controlProps } = useField(props);
  const told = lineErrors.map(({ line, message }) => (
    <span key={line} className="rnoce-field-error-line">
      {t('common:labelled', {
        label: t('common:line.number', { line: line + 1 }),
        value: messageOf(message),
      })}
    </span>
  ));
  return (
    <FieldFrame id={id} ids={ids} error={told.length > 0 ? told : error} {...props}>
      <textarea
        {...controlProps}
        value={text}
        rows={rows}
        dir="ltr"
        spellCheck={false}
        autoComplete="off"
        readOnly={props.readOnly}
        disabled={props.disabled}
        className="rnoce-input rnoce-tabular"
        onChange={field.onChange}
        onBlur={() => {
          field.onBlur();
          props.onCommit?.();
        }}
      />
    </FieldFrame>
  );
}
