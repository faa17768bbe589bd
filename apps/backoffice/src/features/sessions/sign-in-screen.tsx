import { SignInPage, useGoOn } from '@rnoce/shell/sign-in-page';
import { useT } from '@rnoce/ui/i18n';
import { SignInForm } from './sign-in-form.tsx';

export { leadSignedInOn as loader } from '../../session/guard.ts';

/** The agents' sign-in. */
export function Component() {
  const t = useT();
  const goOn = useGoOn();
  return (
    <SignInPage title={t('backoffice:sign-in.title')}>
      <SignInForm onSignedIn={goOn} />
    </SignInPage>
  );
}
