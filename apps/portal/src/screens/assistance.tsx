import { useT } from '@rnoce/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { configurationQuery } from '../api/queries.ts';

/** How to reach the assistance of this installation. */
export function Assistance() {
  const t = useT();
  const { data } = useQuery(configurationQuery);
  if (!data) return null;
  const { phone, url } = data.assistance;
  return (
    <p>
      {t('portal:assistance.call')}{' '}
      <a href={`tel:${phone.replaceAll(' ', '')}`}>
        <bdi className="rnoce-code">{phone}</bdi>
      </a>
      {' · '}
      <a href={url} rel="noreferrer">
        {t('common:assistance.link')}
      </a>
    </p>
  );
}
