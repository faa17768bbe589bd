import { Button } from '@mantine/core';
import { useSignOut } from '@rnoce/shell/use-sign-out';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { paths } from '../../paths.ts';
import { isolated } from '../../records/isolated.ts';
import { sessionKeeper } from '../../session/session.ts';
import { useAgent } from '../../session/use-session.ts';
import { keepToken } from './link-token.ts';

/** Somebody is signed in in this browser: says who, and that going on takes nothing from them. */
export function OtherAgentNotice({ token, email }: { token: string; email: string }) {
  const t = useT();
  const agent = useAgent();
  // Signing out forgets what this tab keeps.
  const keep = () => keepToken(token);
  const { busy, signOut, question } = useSignOut(sessionKeeper, { to: paths.invitation, keep });
  if (!agent) return null;
  return (
    <div className="invitation-notice">
      <Notice tone="warning" title={t('invitation:other.title', { name: isolated(agent.name) })}>
        <p>{t('invitation:other.detail', { email: isolated(email) })}</p>
        <Button variant="outline" size="sm" mt="sm" loading={busy} onClick={signOut}>
          {t('common:action.sign-out')}
        </Button>
        {question}
      </Notice>
    </div>
  );
}
