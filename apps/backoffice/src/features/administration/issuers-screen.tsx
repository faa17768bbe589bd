import { formatCount } from '@rnoce/i18n';
import { warm } from '@rnoce/shell/query-client';
import { useT } from '@rnoce/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { managedIssuersQuery } from '../../api/administration-queries.ts';
import { useListFilters } from '../../lists/list-filters.ts';
import { SearchList } from '../../lists/search-list.tsx';
import { paths } from '../../paths.ts';
import { AdministrationHead } from '../../records/administration-head.tsx';
import { issuersOf } from './administration-address.ts';
import { IssuersTable } from './issuers-table.tsx';

export const loader = ({ request }: { request: Request }) =>
  warm(managedIssuersQuery(issuersOf(new URL(request.url).searchParams)));

/** The search is data of the screen, not another place: its loader needn't run again at each key. */
export const shouldRevalidate = () => false;

/** In whose name invoices are published; the filters are in the address. */
export function Component() {
  const t = useT();
  const filters = useListFilters();
  const { search } = filters;
  const asked = issuersOf(search);
  const query = useQuery(managedIssuersQuery(asked));
  const filtered = search.has('active') || search.has('q');
  return (
    <>
      <AdministrationHead
        title={t('administration:issuers.title')}
        add={{ to: paths.newIssuer, label: t('administration:issuers.new') }}
      />
      <p>{t('administration:issuers.detail')}</p>
      <SearchList
        filters={filters}
        states={{
          name: 'active',
          label: t('administration:issuers.states'),
          states: [
            { value: '', text: t('administration:issuers.all') },
            { value: 'true', text: t('administration:issuers.active') },
            { value: 'false', text: t('administration:issuers.suspended') },
          ],
          chosen: asked?.active ?? '',
        }}
        searched={{
          label: t('administration:issuers.search'),
          hint: t('administration:issuers.search-hint'),
        }}
        query={query}
        lines={6}
        found={({ total }) => t('administration:issuers.found', { count: total, total: formatCount(total) })}
        empty={
          filtered
            ? {
                title: t('administration:issuers.nothing'),
                detail: t('administration:list.nothing-detail'),
                clear: t('administration:list.clear'),
              }
            : { title: t('administration:issuers.empty'), detail: t('administration:issuers.empty-detail') }
        }
        pages={t('administration:issuers.pages')}
      >
        {(items) => <IssuersTable items={items} />}
      </SearchList>
    </>
  );
}
