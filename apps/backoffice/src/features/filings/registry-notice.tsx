import { formatDateTime, type MessageKey } from '@rnoce/i18n';
import type { Dossier, VerdictItem } from '@rnoce/schemas/filings';
import { useLocale, useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { fieldOf } from '../../dossiers/item-label.ts';
import { comparedFields, countDifferences } from './differences.ts';

/** What BADR says of the operator as a whole. */
export function RegistryNotice({
  dossier: { registry, sections },
  companyItems,
}: {
  dossier: Dossier;
  companyItems: readonly VerdictItem[];
}) {
  const t = useT();
  const { locale } = useLocale();
  const { status, mismatch, record, checkedAt } = registry;
  const read = checkedAt === null ? null : <p>{t('desk:badr.read', { at: formatDateTime(checkedAt) })}</p>;
  if (!record) {
    return (
      <Notice tone={status === 'unavailable' ? 'warning' : 'info'}>
        <p>{t(`reference:registry-status.${status}`)}</p>
        {mismatch.length > 0 ? (
          <p>
            {t('desk:badr.mismatch', {
              fields: new Intl.ListFormat(locale).format(
                mismatch.map((field) => t(`reference:identifiers.${field}` as MessageKey)),
              ),
            })}
          </p>
        ) : null}
        {status === 'unavailable' ? null : read}
      </Notice>
    );
  }
  const names = comparedFields(companyItems.map(fieldOf), record);
  const count = countDifferences(names, sections.company ?? {}, record.company);
  return (
    <Notice tone={count === 0 ? 'success' : 'warning'}>
      <p>
        {t('desk:badr.registered', {
          account: record.accountNumber,
          state: t(`reference:account-status.${record.accountStatus}`),
        })}{' '}
        {t('desk:badr.differences', { count })}
      </p>
      {read}
    </Notice>
  );
}
