import { formatCount } from '@rnoce/i18n';
import { agentRoles } from '@rnoce/schemas/agent-rights';
import { agentStatuses } from '@rnoce/schemas/agents';
import { warm } from '@rnoce/shell/query-client';
import { useT } from '@rnoce/ui/i18n';
import { IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { agentsQuery } from '../../api/administration-queries.ts';
import { useListFilters } from '../../lists/list-filters.ts';
import { SearchList } from '../../lists/search-list.tsx';
import { SelectFilter } from '../../lists/select-filter.tsx';
import { paths } from '../../paths.ts';
import { AdministrationHead } from '../../records/administration-head.tsx';
import { useAgent } from '../../session/use-session.ts';
import { agentsOf } from './administration-address.ts';
import { AgentsTable } from './agents-table.tsx';

export const loader = ({ request }: { request: Request }) =>
  warm(agentsQuery(agentsOf(new URL(request.url).searchParams)));

/** The search is data of the screen, not another place: its loader needn't run again at each key. */
export const shouldRevalidate = () => false;

/** The agents of the administrator's authority; the filters are in the address. */
export function Component() {
  const t = useT();
  const authority = useAgent()?.authority;
  const filters = useListFilters();
  const { search } = filters;
  const asked = agentsOf(search);
  const query = useQuery(agentsQuery(asked));
  return (
    <>
      <AdministrationHead
        title={t('administration:agents.title')}
        add={{ to: paths.newAgent, label: t('administration:agents.invite'), Icon: IconUserPlus }}
      />
      {authority === undefined ? null : (
        <p>{t('administration:agents.detail', { authority: t(`reference:authority.${authority}`) })}</p>
      )}
      <SearchList
        filters={filters}
        states={{
          name: 'status',
          label: t('administration:agents.statuses'),
          states: [
            { value: '', text: t('administration:agents.all') },
            ...agentStatuses.map((status) => ({
              value: status,
              text: t(`administration:agents.status.${status}`),
            })),
          ],
          chosen: asked?.status ?? '',
        }}
        searched={{ label: t('administration:agents.search'), hint: t('administration:agents.search-hint') }}
        selects={
          <SelectFilter
            filters={filters}
            name="role"
            label={t('administration:agent.role')}
            first={t('administration:agents.all-roles')}
            choices={agentRoles.map((role) => [role, t(`reference:agent-role.${role}`)])}
          />
        }
        query={query}
        lines={6}
        found={({ total }) => t('administration:agents.found', { count: total, total: formatCount(total) })}
        empty={{
          title: t('administration:agents.nothing'),
          detail: t('administration:list.nothing-detail'),
          clear: t('administration:list.clear'),
        }}
        pages={t('administration:agents.pages')}
      >
        {(items) => <AgentsTable items={items} />}
      </SearchList>
    </>
  );
}
