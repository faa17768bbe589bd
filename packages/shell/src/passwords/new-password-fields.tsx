import type { MessageKey } from '@rnoce/i18n';
import { useT } from '@rnoce/ui/i18n';
import { PasswordField } from '@rnoce/ui/password-field';
import { PasswordMeter } from '@rnoce/ui/password-meter';
import { useDeferredValue, useEffect, useState } from 'react';
import { useWatch } from 'react-hook-form';
import type { NewPassword } from './new-password.ts';
import type { Strength } from './password-strength.ts';

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

/** Whose password it is: what it should not be made of differs. */
type Owner = 'company' | 'agent';

function adviceOf({ weakness }: Strength, owner: Owner): MessageKey {
  if (weakness === undefined) return 'passwords:advice.good';
  return weakness === 'personal' ? `passwords:advice.personal-${owner}` : `passwords:advice.${weakness}`;
}

/**
 * Password, its strength with a word of advice, and its confirmation. `personal` are words that the password should not be made of. What it
 * says is `passwords:…` (`loadPasswords`).
 */
export function NewPasswordFields({
  passwordLabel,
  confirmationLabel,
  rule,
  owner,
  personal = [],
}: {
  passwordLabel: string;
  confirmationLabel: string;
  rule: string | undefined;
  owner: Owner;
  personal?: readonly string[];
}) {
  const t = useT();
  const password = useWatch<NewPassword, 'password'>({ name: 'password' });
  const strength = useStrength(password, personal.join('\n'));
  return (
    <>
      <PasswordField<NewPassword>
        name="password"
        label={passwordLabel}
        help={rule}
        required
        autoComplete="new-password"
        meter={<PasswordMeter score={strength?.score} advice={strength && t(adviceOf(strength, owner))} />}
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
