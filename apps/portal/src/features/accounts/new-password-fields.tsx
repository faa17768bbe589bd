import type { FieldIssue } from '@rnoce/ui';
import { useT } from '@rnoce/ui/i18n';
import { PasswordField } from '@rnoce/ui/password-field';
import { PasswordMeter } from '@rnoce/ui/password-meter';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useState } from 'react';
import { useWatch } from 'react-hook-form';
import { configurationQuery } from '../../api/queries.ts';
import type { Strength } from './password-strength.ts';

export interface NewPassword {
  password: string;
  confirmation: string;
}

/** Judges a new password twice typed; its strength is judged by the server, which refuses with the same words. */
export function judgeNewPassword({ password, confirmation }: NewPassword): FieldIssue[] {
  const issues: FieldIssue[] = [];
  if (password === '') issues.push({ pointer: '/password', code: 'required' });
  if (confirmation === '') issues.push({ pointer: '/confirmation', code: 'required' });
  else if (confirmation !== password) issues.push({ pointer: '/confirmation', code: 'passwords_differ' });
  return issues;
}

/** The estimator is loaded with the first letter typed; until it is there, the meter is empty. */
function useStrength(password: string, personal: string): Strength | undefined {
  const deferred = useDeferredValue(password);
  const [strength, setStrength] = useState<Strength>();
  useEffect(() => {
    let current = true;
    const judge = async () => {
      if (deferred === '') return undefined;
      const { estimateStrength } = await import('./password-strength.ts');
      return estimateStrength(deferred, personal.split('\n'));
    };
    // The meter is an aid: without it the server still judges.
    void judge().then(
      (judged) => current && setStrength(judged),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [deferred, personal]);
  return deferred === '' ? undefined : strength;
}

/** Password, its strength with a word of advice, and its confirmation. `personal` are words that the password should not be made of. */
export function NewPasswordFields({
  passwordLabel,
  confirmationLabel,
  personal = [],
}: {
  passwordLabel: string;
  confirmationLabel: string;
  personal?: readonly string[];
}) {
  const t = useT();
  const { data: configuration } = useQuery(configurationQuery);
  const password = useWatch<NewPassword, 'password'>({ name: 'password' });
  const strength = useStrength(password, personal.join('\n'));
  const min = configuration?.password.minLength;
  return (
    <>
      <PasswordField<NewPassword>
        name="password"
        label={passwordLabel}
        help={min === undefined ? undefined : t('portal:password.rule', { count: min })}
        required
        autoComplete="new-password"
        meter={
          <PasswordMeter
            score={strength?.score}
            advice={
              strength === undefined
                ? undefined
                : strength.weakness === undefined
                  ? t('portal:password.advice.good')
                  : t(`portal:password.advice.${strength.weakness}`)
            }
          />
        }
      />
      <PasswordField<NewPassword>
        name="confirmation"
        label={confirmationLabel}
        required
        autoComplete="new-password"
      />
    </>
  );
}
