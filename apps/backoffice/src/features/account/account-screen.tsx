import { endAgentSessions } from '@rnoce/api-client/agents';
import { OpenSessions } from '@rnoce/shell/open-sessions';
import { queryClient, warm } from '@rnoce/shell/query-client';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { Notice } from '@rnoce/ui/status-badge';
import { useState } from 'react';
import { passwordLengthQuery, sessionsQuery } from '../../api/queries.ts';
import { sessionKeeper } from '../../session/session.ts';
import { sessionStore } from '../../session/session-store.ts';
import { useAgent } from '../../session/use-session.ts';
import { PasswordForm } from './password-form.tsx';
import './account.css';

export const loader = () => warm(passwordLengthQuery, sessionsQuery);

/** « Mon compte »: the agent's password, and where they are signed in. */
export function Component() {
  const t = useT();
  const agent = useAgent();
  const [changed, setChanged] = useState(0);
  if (!agent) return null;
  return (
    <div className="backoffice-account">
      <div className="rnoce-card">
        <PageTitle title={t('desk:account.title')} />
        <p>{t('desk:account.detail')}</p>
        {changed === 0 ? null : (
          <Notice key={changed} tone="success" live="polite">
            <p>{t('desk:account.done')}</p>
          </Notice>
        )}
        <PasswordForm
          agent={agent}
          currentLabel={t('desk:account.current')}
          onChanged={(data) => {
            sessionStore.setPrincipal(data);
            setChanged((count) => count + 1);
            void queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey });
          }}
        />
      </div>
      <OpenSessions
        query={sessionsQuery}
        end={(body) => sessionKeeper.exchange((client) => endAgentSessions(client, { body }))}
      />
    </div>
  );
}
