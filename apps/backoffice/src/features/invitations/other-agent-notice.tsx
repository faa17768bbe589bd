import { Button } from '@mantine/core';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { paths } from '../../paths.ts';
import { isolated } from '../../records/isolated.ts';
import { useAgent } from '../../session/use-session.ts';
import { keepToken } from './link-token.ts';
import { useLeave } from './use-leave.ts';

/** Somebody is signed in in this browser: says who, and that going on takes nothing from them. */
export function OtherAgentNotice({ token, email }: { token: string; email: string }) {
  const t = useT();
  const agent = useAgent();
  const { busy, leave } = useLeave(paths.invitation);
  if (!agent) return null;
  return (
    <div className="invitation-notice">
      <Notice tone="warning" title={t('invitation:other.title', { name: isolated(agent.name) })}>
        <p>{t('invitation:other.detail', { email: isolated(email) })}</p>
        <Button
          variant="outline"
          size="sm"
          mt="sm"
          loading={busy}
          onClick={() =>
            // Signing out forgets what this tab keeps.
            leave(() => keepToken(token))
          }
        >
          {t('common:action.sign-out')}
        </Button>
      </Notice>
    </div>
  );
}
