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

type ChoicesProps<V extends FieldValues> = FieldProps<V> & {
  options: readonly (Choice & { detail?: string })[];
};

/** Any of a few, all in view; its value is the list of those that are ticked, in the order of the options. */
export function CheckboxesField<V extends FieldValues = FieldValues>(props: ChoicesProps<V>) {
  const bound = useField(props);
  const { value: ticked, onChange } = bound.field;
  const isTicked = (value: string) => Array.isArray(ticked) && ticked.includes(value);
  return (
    <Choices
      {...props}
      bound={bound}
      type="checkbox"
      isChosen={isTicked}
      onChoose={(changed, checked) =>
        onChange(
          props.options
            .map(({ value }) => value)
            .filter((value) => (value === changed ? checked : isTicked(value))),
        )
      }
    />
  );
}

/** One choice among a few, all in view. */
export function RadioField<V extends FieldValues = FieldValues>(props: ChoicesProps<V>) {
  const bound = useField(props);
  return (
    <Choices
      {...props}
      bound={bound}
      type="radio"
      isChosen={(value) => value === bound.text}
      onChoose={(value) => bound.field.onChange(value)}
    />
  );
}

/** The options of a field, each a control; the first stands for the field where the summary of errors leads to it. */
function Choices<V extends FieldValues>({
  options,
  bound: { id, ids, field, error, controlProps },
  type,
  isChosen,
  onChoose,
  ...props
}: ChoicesProps<V> & {
  bound: ReturnType<typeof useField>;
  type: 'checkbox' | 'radio';
  isChosen: (value: string) => boolean;
  onChoose: (value: string, checked: boolean) => void;
}) {
  const { required, ref, 'data-field': dataField, ...optionProps } = controlProps;
  return (
    <FieldFrame id={id} ids={ids} error={error} group {...props}>
      {options.map(({ value, label, detail }, index) => (
        <label key={value} className="rnoce-choice" htmlFor={`${id}-${value}`}>
          <input
            {...optionProps}
            {...(index === 0 ? { ref, 'data-field': dataField } : {})}
            // Of the boxes, the whole is required and none by itself.
            required={type === 'radio' ? required : undefined}
            id={`${id}-${value}`}
            type={type}
            value={value}
            checked={isChosen(value)}
            disabled={props.disabled}
            onBlur={field.onBlur}
            onChange={({ target }) => {
              onChoose(value, target.checked);
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
