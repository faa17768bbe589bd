import { useState } from 'react';
import type { FieldValues } from 'react-hook-form';
import { afterPress } from './after-press.ts';
import { FieldFrame, type FieldProps, useField } from './field.tsx';
import { useT } from './i18n.tsx';
import { normaliseIdentifierText } from './text.ts';

/**
 * An identifier: whatever separators and case are typed or pasted, the value is the bare identifier, and the
 * correction is shown when the field is left. `normalise` replaces the rule, for a phone number say. `show` writes a value that isn't
 * being typed as people read it, in groups say.
 */
export function IdentifierField<V extends FieldValues = FieldValues>({
  normalise = normaliseIdentifierText,
  show = (value) => value,
  inputMode,
  maxLength,
  autoComplete = 'off',
  type = 'text',
  ...props
}: FieldProps<V> & {
  normalise?: (typed: string) => string;
  show?: (value: string) => string;
  inputMode?: 'numeric' | 'text' | 'tel';
  /** In characters as typed, separators included. */
  maxLength?: number;
  autoComplete?: string;
  type?: 'text' | 'tel';
}) {
  const t = useT();
  const [corrected, setCorrected] = useState<string>();
  const [typing, setTyping] = useState(false);
  const shownCorrection =
    corrected === undefined ? undefined : t('common:field.corrected', { value: corrected });
  const { id, ids, field, text, error, controlProps } = useField(props, shownCorrection);
  return (
    <FieldFrame
      id={id}
      ids={ids}
      error={error}
      // A value that is refused isn't told as kept.
      correction={error === undefined ? shownCorrection : undefined}
      {...props}
    >
      <input
        {...controlProps}
        value={typing ? text : show(text)}
        type={type}
        inputMode={inputMode}
        maxLength={maxLength}
        autoComplete={autoComplete}
        autoCapitalize="characters"
        spellCheck={false}
        dir="ltr"
        readOnly={props.readOnly}
        disabled={props.disabled}
        className="rnoce-input rnoce-tabular"
        onChange={(event) => {
          setCorrected(undefined);
          setTyping(true);
          field.onChange(event.target.value);
        }}
        onBlur={() => {
          setTyping(false);
          const kept = normalise(text);
          if (kept !== text) {
            field.onChange(kept);
            // Surrounding spaces alone are not worth a word, nor is what is shown as it was typed.
            if (![kept, show(kept)].includes(text.trim())) afterPress(() => setCorrected(show(kept)));
          }
          field.onBlur();
          props.onCommit?.();
        }}
      />
    </FieldFrame>
  );
}

/**
 * A phone number. `normalise` gives the E.164 form of a number that can be one, else the text as typed, so that the
 * error shows what was typed; `@rnoce/schemas` has the rule.
 */
export function PhoneField<V extends FieldValues = FieldValues>({
  normalise,
  ...props
}: FieldProps<V> & { normalise: (typed: string) => string }) {
  return (
    <IdentifierField<V>
      {...props}
      normalise={normalise}
      type="tel"
      inputMode="tel"
      autoComplete="tel"
      maxLength={40}
    />
  );
}
