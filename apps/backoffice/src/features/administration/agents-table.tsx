import type { ManagedAgent } from '@rnoce/schemas/agents';
import { useT } from '@rnoce/ui/i18n';
import { ListTable } from '@rnoce/ui/list-table';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { Moment } from '../../records/moment.tsx';
import { AgentBadge } from './words.tsx';
import '../../lists/facts.css';

/** The rows of the agents. */
export function AgentsTable({ items }: { items: readonly ManagedAgent[] }) {
  const t = useT();
  const heads = {
    name: t('administration:agents.name'),
    role: t('administration:agent.role'),
    status: t('administration:list.state'),
    lastSignIn: t('administration:agent.last-sign-in'),
  };
  return (
    <ListTable caption={t('administration:agents.title')} heads={heads}>
      {items.map((agent) => (
        <tr key={agent.id}>
          <th scope="row">
            <Link to={paths.agent(agent.id)} data-row>
              <bdi>{agent.name}</bdi>
            </Link>
            <bdi className="backoffice-under">{agent.email}</bdi>
          </th>
          <td data-label={heads.role}>{t(`reference:agent-role.${agent.role}`)}</td>
          <td data-label={heads.status}>
            <AgentBadge agent={agent} />
          </td>
          <td data-label={heads.lastSignIn}>
            <Moment at={agent.lastSignInAt} />
          </td>
        </tr>
      ))}
    </ListTable>
  );
}
