import { useT } from '@rnoce/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { configurationQuery } from '../../api/queries.ts';

/** How long a password is at least, once it is known. */
export function usePasswordRule(): string | undefined {
  const t = useT();
  const { data } = useQuery(configurationQuery);
  return data && t('portal:password.rule', { count: data.password.minLength });
}
