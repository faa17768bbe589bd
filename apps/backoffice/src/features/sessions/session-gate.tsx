import { SessionGate as Gate } from '@rnoce/shell/session-gate';
import { useT } from '@rnoce/ui/i18n';
import { sessionKeeper } from '../../session/session.ts';
import { SignInForm } from './sign-in-form.tsx';

/** Watches over the agent's session. */
export function SessionGate() {
  const t = useT();
  return (
    <Gate
      keeper={sessionKeeper}
      endingDetail={t('desk:session.ending-detail')}
      expiredDetail={t('desk:session.expired-detail')}
      SignInForm={SignInForm}
    />
  );
}
