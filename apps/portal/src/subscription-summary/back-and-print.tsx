import { Button } from '@mantine/core';
import { useT } from '@rnoce/ui/i18n';
import { IconArrowLeft, IconPrinter } from '@tabler/icons-react';
import { Link } from 'react-router';
import { paths } from '../paths.ts';

/** The two acts of every page of what was sent. */
export function BackAndPrint() {
  const t = useT();
  return (
    <>
      <Button
        component={Link}
        to={paths.subscriptions}
        variant="outline"
        leftSection={<IconArrowLeft className="rnoce-icon rnoce-mirror" aria-hidden />}
      >
        {t('portal:tabs.requests')}
      </Button>
      <Button
        variant="outline"
        leftSection={<IconPrinter className="rnoce-icon" aria-hidden />}
        onClick={() => window.print()}
      >
        {t('common:action.print')}
      </Button>
    </>
  );
}
