import { IconAlertCircle, IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { type FieldPath, type FieldValues, useController, useFormContext } from 'react-hook-form';
import { afterPress } from './after-press.ts';
import { useIssueMessage } from './field-message.tsx';
import { useT } from './i18n.tsx';
import './field.css';

/** What every form control takes. `name` is a path of the form's values; the form comes from `Form`. */
export interface FieldProps<V extends FieldValues = FieldValues> {
  readonly name: FieldPath<V>;
  readonly label: string;
  /** What the summary of errors calls the field, when its label alone would not tell which of several it is. */
  readonly summaryLabel?: string | undefined;
  /** Shown under the label. */
  readonly help?: ReactNode;
  readonly required?: boolean | undefined;
  /** A doubt that doesn't block: shown beside the field. */
  readonly warning?: string | undefined;
  /** Shown but not typed: fixed earlier. Stays readable and focusable. */
  readonly readOnly?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  /** Called after the value has changed or the control is left, for autosave. */
  readonly onCommit?: (() => void) | undefined;
}

/** Errors that stand below a field's own name, by a number. */
function lineErrorsOf(error: object | undefined): { line: number; message: string }[] {
  return Object.entries(error ?? {}).flatMap(([key, value]: [string, unknown]) =>
    /^\d+$/.test(key) && typeof value === 'object' && value !== null && 'message' in value
      ? [{ line: Number(key), message: String(value.message) }]
      : [],
  );
}

/** Binds a control to its form: its value, its error and the ids that tie them together for screen readers. */
export function useField(
  { name, label, summaryLabel, help, warning, required }: FieldProps,
  correction?: string,
) {
  const id = useId();
  const { control } = useFormContext();
  const {
    field: { ref: attach, onBlur, ...field },
    fieldState,
  } = useController({ control, name });
  const messageOf = useIssueMessage();
  const error = fieldState.error ? messageOf(fieldState.error.message ?? '') : undefined;
  const lineErrors = lineErrorsOf(fieldState.error);
  const ids = {
    help: help === undefined || help === null ? undefined : `${id}-help`,
    error: error === undefined ? undefined : `${id}-error`,
    warning: warning === undefined ? undefined : `${id}-warning`,
    correction: correction === undefined ? undefined : `${id}-correction`,
  };
  const describedBy = [ids.help, ids.error, ids.warning, ids.correction].filter(Boolean).join(' ');
  const text = field.value === undefined || field.value === null ? '' : String(field.value);
  return {
    id,
    field: { ...field, onBlur: () => afterPress(onBlur) },
    text,
    error,
    /** The errors of single lines, where the value has several. */
    lineErrors,
    ids,
    /** For the control itself; `data-label` and `data-field` serve the summary of errors. */
    controlProps: {
      ref: attach,
      id,
      name,
      required,
      'aria-invalid': error !== undefined || undefined,
      'aria-describedby': describedBy === '' ? undefined : describedBy,
      'data-field': name,
      'data-label': summaryLabel ?? label,
    },
  };
}

type Ids = ReturnType<typeof useField>['ids'];

/** Label, help, control, then what is wrong, doubtful or corrected. A group of controls is a fieldset. */
export function FieldFrame({
  id,
  ids,
  label,
  help,
  required,
  error,
  warning,
  correction,
  group = false,
  hideLabel = false,
  children,
}: {
  id: string;
  ids: Ids;
  label: string;
  help?: ReactNode;
  required?: boolean | undefined;
  error?: ReactNode;
  warning?: string | undefined;
  correction?: string | undefined;
  group?: boolean;
  hideLabel?: boolean;
  children: ReactNode;
}) {
  const t = useT();
  const mark = required ? (
    <>
      {'\u00a0'}
      <span className="rnoce-required" aria-hidden>
        *
      </span>
      {group ? <span className="rnoce-visually-hidden">({t('common:field.required')})</span> : null}
    </>
  ) : null;
  const body = (
    <>
      {ids.help ? (
        <div id={ids.help} className="rnoce-field-help">
          {help}
        </div>
      ) : null}
      {children}
      {error === undefined ? null : (
        <p id={ids.error} className="rnoce-field-error">
          <IconAlertCircle className="rnoce-icon" aria-hidden />
          <span>{error}</span>
        </p>
      )}
      {warning === undefined ? null : (
        <p id={ids.warning} className="rnoce-field-warning">
          <IconAlertTriangle className="rnoce-icon" aria-hidden />
          <span>{warning}</span>
        </p>
      )}
      <p
        id={ids.correction}
        className="rnoce-field-correction"
        aria-live="polite"
        hidden={correction === undefined}
      >
        <IconCheck className="rnoce-icon" aria-hidden />
        <span>{correction}</span>
      </p>
    </>
  );
  if (group) {
    return (
      <fieldset className="rnoce-field" data-invalid={error !== undefined || undefined}>
        <legend className="rnoce-field-label">
          {label}
          {mark}
        </legend>
        {body}
      </fieldset>
    );
  }
  return (
    <div className="rnoce-field" data-invalid={error !== undefined || undefined}>
      {hideLabel ? null : (
        <label htmlFor={id} className="rnoce-field-label">
          {label}
          {mark}
        </label>
      )}
      {body}
    </div>
  );
}
