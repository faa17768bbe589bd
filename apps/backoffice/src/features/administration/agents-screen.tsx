import { Button } from '@mantine/core';
import { formatCount } from '@rnoce/i18n';
import { agentRoles } from '@rnoce/schemas/agent-rights';
import { agentStatuses } from '@rnoce/schemas/agents';
import { warm } from '@rnoce/shell/query-client';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { Link } from 'react-router';
import { agentsQuery } from '../../api/administration-queries.ts';
import { ListBody } from '../../lists/list-body.tsx';
import { useListFilters } from '../../lists/list-filters.ts';
import { ListKeys } from '../../lists/list-keys.tsx';
import { SearchBox } from '../../lists/search-box.tsx';
import { SelectFilter } from '../../lists/select-filter.tsx';
import { StateLinks } from '../../lists/state-links.tsx';
import { paths } from '../../paths.ts';
import { AdministrationNav } from '../../records/administration-nav.tsx';
import { useAgent } from '../../session/use-session.ts';
import { agentsOf } from './administration-address.ts';
import { AgentsTable } from './agents-table.tsx';
import '../../lists/lists.css';

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
  const searchBox = useRef<HTMLInputElement>(null);
  const asked = agentsOf(search);
  const query = useQuery(agentsQuery(asked));
  return (
    <>
      <AdministrationNav />
      <div className="backoffice-queue-head">
        <PageTitle title={t('administration:agents.title')} />
        <Button
          component={Link}
          to={paths.newAgent}
          leftSection={<IconUserPlus className="rnoce-icon" aria-hidden />}
        >
          {t('administration:agents.invite')}
        </Button>
      </div>
      {authority === undefined ? null : (
        <p>{t('administration:agents.detail', { authority: t(`reference:authority.${authority}`) })}</p>
      )}
      <StateLinks
        search={search}
        name="status"
        label={t('administration:agents.statuses')}
        states={[
          { value: '', text: t('administration:agents.all') },
          ...agentStatuses.map((status) => ({
            value: status,
            text: t(`administration:agents.status.${status}`),
          })),
        ]}
        chosen={asked?.status ?? ''}
      />
      <search className="backoffice-filters rnoce-no-print">
        <SearchBox
          filters={filters}
          label={t('administration:agents.search')}
          hint={t('administration:agents.search-hint')}
          box={searchBox}
        />
        <SelectFilter
          filters={filters}
          name="role"
          label={t('administration:agent.role')}
          first={t('administration:agents.all-roles')}
          choices={agentRoles.map((role) => [role, t(`reference:agent-role.${role}`)])}
        />
      </search>
      <ListBody
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
      </ListBody>
      <ListKeys searchBox={searchBox} />
    </>
  );
}
