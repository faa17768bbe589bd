import { formatCount } from '@rnoce/i18n';
import { integratorKinds } from '@rnoce/schemas/scopes';
import { warm } from '@rnoce/shell/query-client';
import { useT } from '@rnoce/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { integratorsQuery } from '../../api/integrator-queries.ts';
import { useListFilters } from '../../lists/list-filters.ts';
import { SearchList } from '../../lists/search-list.tsx';
import { paths } from '../../paths.ts';
import { AdministrationHead } from '../../records/administration-head.tsx';
import { integratorsOf } from './integrators-address.ts';
import { IntegratorsTable } from './integrators-table.tsx';
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
  const asked = integratorsOf(search);
  const query = useQuery(integratorsQuery(asked));
  const filtered = search.has('kind') || search.has('q');
  return (
    <>
      <AdministrationHead
        title={t('integrators:list.title')}
        add={{ to: paths.newIntegrator, label: t('integrators:list.new') }}
      />
      <p>
        {t('integrators:list.detail')}{' '}
        <a href="/api/docs" target="_blank" rel="noreferrer">
          {t('integrators:list.documentation')}
        </a>
      </p>
      <SearchList
        filters={filters}
        states={{
          name: 'kind',
          label: t('integrators:list.kinds'),
          states: [
            { value: '', text: t('integrators:list.all') },
            ...integratorKinds.map((kind) => ({ value: kind, text: t(`integrators:kinds.${kind}`) })),
          ],
          chosen: asked?.kind ?? '',
        }}
        searched={{ label: t('integrators:list.search'), hint: t('integrators:list.search-hint') }}
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
      </SearchList>
    </>
  );
}
