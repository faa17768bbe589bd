import { Button } from '@mantine/core';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { Link } from 'react-router';
import { entrance } from '../session/entrance.ts';

/** An address that leads nowhere: says so, and the way back. */
export function Component() {
  const t = useT();
  return (
    <div className="rnoce-state">
      <PageTitle title={t('shell:not-found.title')} />
      <p>{t('shell:not-found.detail')}</p>
      <Button component={Link} to={entrance.home}>
        {t('shell:not-found.action')}
      </Button>
    </div>
  );
}
