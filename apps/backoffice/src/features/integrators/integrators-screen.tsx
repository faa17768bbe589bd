import { Button } from '@mantine/core';
import { formatCount } from '@rnoce/i18n';
import { integratorKinds } from '@rnoce/schemas/scopes';
import { warm } from '@rnoce/shell/query-client';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { Link } from 'react-router';
import { integratorsQuery } from '../../api/integrator-queries.ts';
import { ListBody } from '../../lists/list-body.tsx';
import { useListFilters } from '../../lists/list-filters.ts';
import { ListKeys } from '../../lists/list-keys.tsx';
import { SearchBox } from '../../lists/search-box.tsx';
import { StateLinks } from '../../lists/state-links.tsx';
import { paths } from '../../paths.ts';
import { AdministrationNav } from '../../records/administration-nav.tsx';
import { integratorsOf } from './integrators-address.ts';
import { IntegratorsTable } from './integrators-table.tsx';
import '../../lists/lists.css';
import './integrators.css';

export const loader = ({ request }: { request: Request }) =>
  warm(integratorsQuery(integratorsOf(new URL(request.url).searchParams)));

/** The search is data of the screen, not another place: its loader needn't run again at each key. */
export const shouldRevalidate = () => false;

/** Whose programs use the interface; the filters are in the address. */
export function Component() {
  const t = useT();
  const filters = useListFilters();
  const { search } = filters;
  const searchBox = useRef<HTMLInputElement>(null);
  const asked = integratorsOf(search);
  const query = useQuery(integratorsQuery(asked));
  const filtered = search.has('kind') || search.has('q');
  return (
    <>
      <AdministrationNav />
      <div className="backoffice-queue-head">
        <PageTitle title={t('integrators:list.title')} />
        <Button
          component={Link}
          to={paths.newIntegrator}
          leftSection={<IconPlus className="rnoce-icon" aria-hidden />}
        >
          {t('integrators:list.new')}
        </Button>
      </div>
      <p>
        {t('integrators:list.detail')}{' '}
        <a href="/api/docs" target="_blank" rel="noreferrer">
          {t('integrators:list.documentation')}
        </a>
      </p>
      <StateLinks
        search={search}
        name="kind"
        label={t('integrators:list.kinds')}
        states={[
          { value: '', text: t('integrators:list.all') },
          ...integratorKinds.map((kind) => ({ value: kind, text: t(`integrators:kinds.${kind}`) })),
        ]}
        chosen={asked?.kind ?? ''}
      />
      <search className="backoffice-filters rnoce-no-print">
        <SearchBox
          filters={filters}
          label={t('integrators:list.search')}
          hint={t('integrators:list.search-hint')}
          box={searchBox}
        />
      </search>
      <ListBody
        query={query}
        lines={6}
        found={({ total }) => t('integrators:list.found', { count: total, total: formatCount(total) })}
        empty={
          filtered
            ? {
                title: t('integrators:list.nothing'),
                detail: t('integrators:list.nothing-detail'),
                clear: t('integrators:list.clear'),
              }
            : { title: t('integrators:list.empty'), detail: t('integrators:list.empty-detail') }
        }
        pages={t('integrators:list.pages')}
      >
        {(items) => <IntegratorsTable items={items} caption={t('integrators:list.title')} />}
      </ListBody>
      <ListKeys searchBox={searchBox} />
    </>
  );
}
