import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { FieldValues } from 'react-hook-form';
import { FieldFrame, type FieldProps, useField } from './field.tsx';
import { useT } from './i18n.tsx';

/** A password that can be shown. `meter` is what stands under it: `PasswordMeter`, say. */
export function PasswordField<V extends FieldValues = FieldValues>({
  autoComplete,
  meter,
  ...props
}: FieldProps<V> & { autoComplete: 'current-password' | 'new-password'; meter?: ReactNode }) {
  const t = useT();
  const [shown, setShown] = useState(false);
  const { id, ids, field, text, error, controlProps } = useField(props);
  const Icon = shown ? IconEyeOff : IconEye;
  return (
    <FieldFrame id={id} ids={ids} error={error} {...props}>
      <div className="rnoce-input-box">
        <input
          {...controlProps}
          value={text}
          onChange={field.onChange}
          onBlur={field.onBlur}
          type={shown ? 'text' : 'password'}
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          dir="ltr"
          className="rnoce-input rnoce-with-button"
        />
        <button
          type="button"
          className="rnoce-input-button"
          aria-label={shown ? t('common:action.hide-password') : t('common:action.show-password')}
          aria-controls={id}
          onClick={() => setShown(!shown)}
        >
          <Icon className="rnoce-icon" aria-hidden />
        </button>
      </div>
      {meter}
    </FieldFrame>
  );
}
