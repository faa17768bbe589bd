import type { ReactNode } from 'react';
import type { FieldValues } from 'react-hook-form';
import { FieldFrame, type FieldProps, useField } from './field.tsx';
import type { Choice } from './select-field.tsx';

/** One box to tick; its value is a boolean. `content` replaces the label on screen when it holds a link. */
export function CheckboxField<V extends FieldValues = FieldValues>({
  content,
  ...props
}: FieldProps<V> & { content?: ReactNode }) {
  const { id, ids, field, error, controlProps } = useField(props);
  return (
    <FieldFrame id={id} ids={ids} error={error} hideLabel {...props}>
      <label className="rnoce-choice" htmlFor={id}>
        <input
          {...controlProps}
          type="checkbox"
          checked={field.value === true}
          disabled={props.disabled}
          onBlur={field.onBlur}
          onChange={(event) => {
            field.onChange(event.target.checked);
            props.onCommit?.();
          }}
        />
        <span>
          {content ?? props.label}
          {props.required ? (
            <span className="rnoce-required" aria-hidden>
              {' *'}
            </span>
          ) : null}
        </span>
      </label>
    </FieldFrame>
  );
}

/** Any of a few, all in view; its value is the list of those that are ticked, in the order of the options. */
export function CheckboxesField<V extends FieldValues = FieldValues>({
  options,
  ...props
}: FieldProps<V> & { options: readonly (Choice & { detail?: string })[] }) {
  const { id, ids, field, error, controlProps } = useField(props);
  const ticked = new Set<unknown>(Array.isArray(field.value) ? field.value : []);
  // The whole is required, no box of it is.
  const { required: _, ...boxProps } = controlProps;
  return (
    <FieldFrame id={id} ids={ids} error={error} group {...props}>
      {options.map(({ value, label, detail }, index) => (
        <label key={value} className="rnoce-choice" htmlFor={`${id}-${value}`}>
          <input
            {...boxProps}
            {...(index === 0 ? {} : { 'data-field': undefined })}
            ref={index === 0 ? controlProps.ref : undefined}
            id={`${id}-${value}`}
            type="checkbox"
            value={value}
            checked={ticked.has(value)}
            disabled={props.disabled}
            onBlur={field.onBlur}
            onChange={({ target }) => {
              const chosen = (one: string) => (one === value ? target.checked : ticked.has(one));
              field.onChange(options.map((option) => option.value).filter(chosen));
              props.onCommit?.();
            }}
          />
          <span>
            {label}
            {detail === undefined ? null : <span className="rnoce-choice-detail">{detail}</span>}
          </span>
        </label>
      ))}
    </FieldFrame>
  );
}

/** One choice among a few, all in view. */
export function RadioField<V extends FieldValues = FieldValues>({
  options,
  ...props
}: FieldProps<V> & { options: readonly (Choice & { detail?: string })[] }) {
  const { id, ids, field, text, error, controlProps } = useField(props);
  return (
    <FieldFrame id={id} ids={ids} error={error} group {...props}>
      {options.map(({ value, label, detail }, index) => (
        <label key={value} className="rnoce-choice" htmlFor={`${id}-${value}`}>
          <input
            {...controlProps}
            {...(index === 0 ? {} : { 'data-field': undefined })}
            ref={index === 0 ? controlProps.ref : undefined}
            id={`${id}-${value}`}
            type="radio"
            value={value}
            checked={text === value}
            disabled={props.disabled}
            onBlur={field.onBlur}
            onChange={() => {
              field.onChange(value);
              props.onCommit?.();
            }}
          />
          <span>
            {label}
            {detail === undefined ? null : <span className="rnoce-choice-detail">{detail}</span>}
          </span>
        </label>
      ))}
    </FieldFrame>
  );
}
