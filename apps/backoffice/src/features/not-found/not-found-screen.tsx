import { Button } from '@mantine/core';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { Link } from 'react-router';

/** An address that leads nowhere: says so, and the way back. */
export function Component() {
  const t = useT();
  return (
    <div className="rnoce-state">
      <PageTitle title={t('backoffice:not-found.title')} />
      <p>{t('backoffice:not-found.detail')}</p>
      <Button component={Link} to="/">
        {t('backoffice:not-found.action')}
      </Button>
    </div>
  );
}
