import { Button } from '@mantine/core';
import { useT } from '@rnoce/ui/i18n';
import { IconPrinter } from '@tabler/icons-react';
import { paths } from '../paths.ts';
import { BackButton } from '../screens/back-button.tsx';

/** The two acts of every page of what was sent. */
export function BackAndPrint() {
  const t = useT();
  return (
    <>
      <BackButton to={paths.subscriptions}>{t('portal:tabs.requests')}</BackButton>
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
