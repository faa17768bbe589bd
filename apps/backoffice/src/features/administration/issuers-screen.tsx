import { Button } from '@mantine/core';
import { formatCount } from '@rnoce/i18n';
import { warm } from '@rnoce/shell/query-client';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { Link } from 'react-router';
import { managedIssuersQuery } from '../../api/administration-queries.ts';
import { ListBody } from '../../lists/list-body.tsx';
import { useListFilters } from '../../lists/list-filters.ts';
import { ListKeys } from '../../lists/list-keys.tsx';
import { SearchBox } from '../../lists/search-box.tsx';
import { StateLinks } from '../../lists/state-links.tsx';
import { paths } from '../../paths.ts';
import { AdministrationNav } from '../../records/administration-nav.tsx';
import { issuersOf } from './administration-address.ts';
import { IssuersTable } from './issuers-table.tsx';
import '../../lists/lists.css';

export const loader = ({ request }: { request: Request }) =>
  warm(managedIssuersQuery(issuersOf(new URL(request.url).searchParams)));

/** The search is data of the screen, not another place: its loader needn't run again at each key. */
export const shouldRevalidate = () => false;

/** In whose name invoices are published; the filters are in the address. */
export function Component() {
  const t = useT();
  const filters = useListFilters();
  const { search } = filters;
  const searchBox = useRef<HTMLInputElement>(null);
  const asked = issuersOf(search);
  const query = useQuery(managedIssuersQuery(asked));
  const filtered = search.has('active') || search.has('q');
  return (
    <>
      <AdministrationNav />
      <div className="backoffice-queue-head">
        <PageTitle title={t('administration:issuers.title')} />
        <Button
          component={Link}
          to={paths.newIssuer}
          leftSection={<IconPlus className="rnoce-icon" aria-hidden />}
        >
          {t('administration:issuers.new')}
        </Button>
      </div>
      <p>{t('administration:issuers.detail')}</p>
      <StateLinks
        search={search}
        name="active"
        label={t('administration:issuers.states')}
        states={[
          { value: '', text: t('administration:issuers.all') },
          { value: 'true', text: t('administration:issuers.active') },
          { value: 'false', text: t('administration:issuers.suspended') },
        ]}
        chosen={asked?.active ?? ''}
      />
      <search className="backoffice-filters rnoce-no-print">
        <SearchBox
          filters={filters}
          label={t('administration:issuers.search')}
          hint={t('administration:issuers.search-hint')}
          box={searchBox}
        />
      </search>
      <ListBody
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
      </ListBody>
      <ListKeys searchBox={searchBox} />
    </>
  );
}
