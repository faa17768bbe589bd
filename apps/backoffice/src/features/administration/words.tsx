import { agentRoles } from '@rnoce/schemas/agent-rights';
import type { ManagedAgent } from '@rnoce/schemas/agents';
import type { ManagedIssuer } from '@rnoce/schemas/issuers';
import { type Translate, useT } from '@rnoce/ui/i18n';
import { StatusBadge } from '@rnoce/ui/status-badge';
import { IconClockExclamation, IconMailForward, IconPlayerPause } from '@tabler/icons-react';
import { useNow } from '../../lists/age.tsx';
import { linkIsOver } from './link-is-over.ts';

export function AgentBadge({ agent }: { agent: ManagedAgent }) {
  const t = useT();
  const over = linkIsOver(agent, useNow());
  if (over)
    return (
      <StatusBadge tone="warning" icon={IconClockExclamation}>
        {t('administration:agent.status.expired')}
      </StatusBadge>
    );
  const words = t(`administration:agent.status.${agent.status}`);
  if (agent.status === 'active') return <StatusBadge tone="success">{words}</StatusBadge>;
  return agent.status === 'invited' ? (
    <StatusBadge tone="info" icon={IconMailForward}>
      {words}
    </StatusBadge>
  ) : (
    <StatusBadge tone="warning" icon={IconPlayerPause}>
      {words}
    </StatusBadge>
  );
}

export function IssuerBadge({ active }: Pick<ManagedIssuer, 'active'>) {
  const t = useT();
  return active ? (
    <StatusBadge tone="success">{t('administration:issuer.state.active')}</StatusBadge>
  ) : (
    <StatusBadge tone="warning" icon={IconPlayerPause}>
      {t('administration:issuer.state.suspended')}
    </StatusBadge>
  );
}

/** The roles to choose from, each with what it may do. */
export const roleChoices = (t: Translate) =>
  agentRoles.map((role) => ({
    value: role,
    label: t(`reference:agent-role.${role}`),
    detail: t(`administration:role-detail.${role}`),
  }));
