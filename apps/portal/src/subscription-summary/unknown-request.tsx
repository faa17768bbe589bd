import { Button } from '@mantine/core';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { EmptyState } from '@rnoce/ui/states';
import { Link } from 'react-router';
import { paths } from '../paths.ts';

/** What an address that leads to nothing of the operator's says, with the way back. */
export function UnknownRequest() {
  const t = useT();
  return (
    <>
      <PageTitle title={t('portal:summary.unknown')} />
      <EmptyState
        title={t('portal:summary.unknown-detail')}
        action={
          <Button component={Link} to={paths.subscriptions}>
            {t('subscriptions:authorities.see-requests')}
          </Button>
        }
      />
    </>
  );
}
