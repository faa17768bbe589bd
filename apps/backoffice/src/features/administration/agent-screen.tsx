import { languageNames } from '@rnoce/i18n';
import type { ManagedAgent } from '@rnoce/schemas/agents';
import { warm } from '@rnoce/shell/query-client';
import { QueryState } from '@rnoce/shell/query-state';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { Notice } from '@rnoce/ui/status-badge';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { managedAgentQuery } from '../../api/administration-queries.ts';
import { useNow } from '../../lists/age.tsx';
import { paths } from '../../paths.ts';
import { AdministrationHistory } from '../../records/administration-history.tsx';
import { BackLink } from '../../records/back-link.tsx';
import { Facts } from '../../records/facts.tsx';
import { Moment } from '../../records/moment.tsx';
import { isUnknown } from '../../records/unknown.ts';
import { UnknownRecord } from '../../records/unknown-record.tsx';
import { useAgent } from '../../session/use-session.ts';
import { AgentActs } from './agent-acts.tsx';
import { linkIsOver } from './link-is-over.ts';
import { AgentBadge } from './words.tsx';

export const loader = ({ params: { id = '' } }: { params: { id?: string } }) => warm(managedAgentQuery(id));

/** An agent: who they are, what they may do, and what administrators did about it. */
export function Component() {
  const t = useT();
  const { id = '' } = useParams();
  const query = useQuery(managedAgentQuery(id));
  return (
    <>
      <BackLink to={paths.agents}>{t('administration:agent.back')}</BackLink>
      {isUnknown(query) ? (
        <UnknownRecord
          title={t('administration:agent.unknown')}
          detail={t('administration:agent.unknown-detail')}
        />
      ) : (
        <QueryState query={query} lines={8}>
          {(agent) => <One agent={agent} />}
        </QueryState>
      )}
    </>
  );
}

function One({ agent }: { agent: ManagedAgent }) {
  const t = useT();
  const own = useAgent()?.id === agent.id;
  return (
    <div className="record-page">
      <div className="record-title">
        <PageTitle title={agent.name}>
          <bdi>{agent.name}</bdi>
        </PageTitle>
        <AgentBadge agent={agent} />
      </div>
      {own ? (
        <Notice tone="info">
          <p>{t('administration:agent.own')}</p>
        </Notice>
      ) : null}
      <AccessNotice agent={agent} />
      <section className="record-card">
        <Facts
          facts={[
            [t('administration:agent.email'), <bdi key="email">{agent.email}</bdi>],
            [t('administration:agent.role'), t(`reference:agent-role.${agent.role}`)],
            [t('administration:agent.locale'), languageNames[agent.locale]],
            [t('administration:agent.created'), <Moment key="created" at={agent.createdAt} />],
            [t('administration:agent.last-sign-in'), <Moment key="last" at={agent.lastSignInAt} />],
            [
              t('administration:agent.link-until'),
              agent.invitationExpiresAt && <Moment key="link" at={agent.invitationExpiresAt} />,
            ],
          ]}
        />
        <AgentActs agent={agent} own={own} />
      </section>
      <AdministrationHistory subject={{ agentId: agent.id }} />
    </div>
  );
}

/** What keeps an agent from signing in, and what to do about it. */
function AccessNotice({ agent }: { agent: ManagedAgent }) {
  const t = useT();
  const over = linkIsOver(agent, useNow());
  if (agent.status === 'active') return null;
  if (agent.status === 'suspended')
    return (
      <Notice tone="warning">
        <p>{t('administration:agent.suspended-detail')}</p>
      </Notice>
    );
  return over ? (
    <Notice tone="warning">
      <p>{t('administration:agent.expired-detail')}</p>
    </Notice>
  ) : (
    <Notice tone="info">
      <p>{t('administration:agent.invited-detail')}</p>
    </Notice>
  );
}
