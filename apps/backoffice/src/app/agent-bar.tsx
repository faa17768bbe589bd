import { Button } from '@mantine/core';
import { may } from '@rnoce/schemas/agent-rights';
import { useSignOut } from '@rnoce/shell/use-sign-out';
import { useT } from '@rnoce/ui/i18n';
import { IconLogout } from '@tabler/icons-react';
import { NavLink } from 'react-router';
import { paths } from '../paths.ts';
import { sessionKeeper } from '../session/session.ts';
import { useAgent } from '../session/use-session.ts';

/** Where an agent goes, who is signed in, and the way out. Nothing before signing in. */
export function AgentBar() {
  const t = useT();
  const { busy, signOut, question } = useSignOut(sessionKeeper);
  const agent = useAgent();
  if (!agent) return null;
  return (
    <div className="backoffice-bar">
      {agent.mustChoosePassword ? (
        <span />
      ) : (
        <nav aria-label={t('desk:navigation.label')}>
          {may(agent, 'readFilings') ? (
            <>
              <NavLink to={paths.queue} end>
                {t('desk:navigation.queue')}
              </NavLink>
              {agent.authority === 'customs' ? (
                <NavLink to={paths.operations}>{t('desk:navigation.operations')}</NavLink>
              ) : null}
              <NavLink to={paths.dashboard}>{t('desk:navigation.dashboard')}</NavLink>
            </>
          ) : null}
          {may(agent, 'followPayments') ? (
            <NavLink to={paths.payments}>{t('desk:navigation.payments')}</NavLink>
          ) : null}
          {may(agent, 'manageAgents') ? (
            <NavLink to={paths.administration}>{t('desk:navigation.administration')}</NavLink>
          ) : null}
          <NavLink to={paths.account}>{t('desk:account.title')}</NavLink>
        </nav>
      )}
      <div className="backoffice-who">
        <span>
          <strong>{agent.name}</strong>
          <span>
            {t(`reference:authority.${agent.authority}`)} · {t(`reference:agent-role.${agent.role}`)}
          </span>
        </span>
        <Button
          variant="subtle"
          size="sm"
          leftSection={<IconLogout className="rnoce-icon rnoce-mirror" aria-hidden />}
          loading={busy}
          onClick={signOut}
        >
          {t('common:action.sign-out')}
        </Button>
        {question}
      </div>
    </div>
  );
}
