import { Text } from '@mantine/core';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';

/** The first screen. */
export function Component() {
  const t = useT();
  return (
    <>
      <PageTitle title={t('backoffice:home.title')} />
      <Text c="dimmed" mt="xs">
        {t('backoffice:home.detail')}
      </Text>
    </>
  );
}
