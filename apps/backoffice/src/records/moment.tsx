import { formatDateTime } from '@rnoce/i18n';
import { useT } from '@rnoce/ui/i18n';

/** An instant of a record, or that there was none. */
export function Moment({ at }: { at: string | null }) {
  const t = useT();
  return at === null ? <>{t('desk:never')}</> : <bdi className="rnoce-tabular">{formatDateTime(at)}</bdi>;
}
