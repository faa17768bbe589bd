import { Button } from '@mantine/core';
import { keepEmail } from '@rnoce/shell/credentials-form';
import { useSignOut } from '@rnoce/shell/use-sign-out';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { isolated } from '../../records/isolated.ts';
import { sessionKeeper } from '../../session/session.ts';
import { useAgent } from '../../session/use-session.ts';

/** The access is ready, but somebody else is signed in in this browser: they leave before the agent comes in. */
export function ReadyForOther({ email }: { email: string }) {
  const t = useT();
  const agent = useAgent();
  const keep = () => keepEmail(email);
  const { busy, signOut, question } = useSignOut(sessionKeeper, { to: paths.accessReady, keep });
  if (!agent) {
    return (
      <Button component={Link} to={paths.accessReady} replace onClick={keep}>
        {t('invitation:dead.sign-in')}
      </Button>
    );
  }
  return (
    <>
      <Notice tone="info">
        <p>{t('invitation:ready.other', { name: isolated(agent.name), email: isolated(email) })}</p>
      </Notice>
      <Button mt="lg" loading={busy} onClick={signOut}>
        {t('invitation:ready.leave')}
      </Button>
      {question}
    </>
  );
}
