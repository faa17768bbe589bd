import type { InputHTMLAttributes, Ref } from 'react';
import { useLanguage } from '../language/use-language.ts';
import { Icon } from './icon.tsx';

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** A labelled native input, with its help under the label and its error at the field. */
export function Field({ id, label, hint, error, inputRef, required, ...input }: FieldProps) {
  const { t } = useLanguage();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={error === undefined ? 'field' : 'field wrong'}>
      <label htmlFor={id}>
        {label}
        {required === true ? <span aria-hidden="true"> *</span> : null}
        {required === false ? <span className="optional"> {t('payment:field.optional')}</span> : null}
      </label>
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
      {error === undefined ? null : (
        <p id={`${id}-error`} className="field-error">
          <Icon name="alert-circle" /> {error}
        </p>
      )}
      <input
        {...input}
        id={id}
        ref={inputRef}
        aria-required={required === true || undefined}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={described || undefined}
      />
    </div>
  );
}
