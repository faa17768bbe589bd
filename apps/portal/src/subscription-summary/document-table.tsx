import { formatDateTime, formatFileSize } from '@rnoce/i18n';
import type { DocumentName, DocumentVersion } from '@rnoce/schemas/documents';
import { useLocale, useT } from '@rnoce/ui/i18n';
import { StatusBadge } from '@rnoce/ui/status-badge';
import { IconDownload } from '@tabler/icons-react';
import './document-table.css';

/** Documents: what was given, when, what the agent said of it, and the way to download it. */
export function DocumentTable({
  documents,
  addressOf,
}: {
  documents: readonly { readonly document: DocumentName; readonly current: DocumentVersion | null }[];
  addressOf: (document: DocumentName) => string;
}) {
  const t = useT();
  return (
    <ul className="portal-documents">
      {documents.map(({ document, current }) => {
        const name = t(`reference:document.${document}`);
        return (
          <li key={document}>
            <div>
              <strong>{name}</strong>
              {current ? (
                <DocumentDetail version={current} />
              ) : (
                <span className="portal-missing">{t('portal:summary.no-document')}</span>
              )}
            </div>
            {current ? <Verdict version={current} /> : null}
            {current && current.scan !== 'quarantined' ? (
              <a
                className="rnoce-no-print"
                href={addressOf(document)}
                download={current.fileName}
                aria-label={t('portal:summary.download-name', { name })}
              >
                <IconDownload className="rnoce-icon" aria-hidden /> {t('common:action.download')}
              </a>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}

function DocumentDetail({ version }: { version: DocumentVersion }) {
  const t = useT();
  const { locale } = useLocale();
  return (
    <span className="rnoce-hint">
      <bdi>{version.fileName}</bdi>
      {' · '}
      <bdi>{formatFileSize(version.sizeBytes, locale)}</bdi>
      {version.pages === null ? null : (
        <>
          {' · '}
          {t('portal:summary.pages', { count: version.pages })}
        </>
      )}
      {' · '}
      <bdi className="rnoce-tabular">{formatDateTime(version.uploadedAt)}</bdi>
    </span>
  );
}

function Verdict({ version }: { version: DocumentVersion }) {
  const t = useT();
  if (version.scan === 'quarantined')
    return <StatusBadge tone="info">{t('reference:scan.quarantined')}</StatusBadge>;
  if (version.verdict === null) return null;
  return (
    <StatusBadge tone={version.verdict === 'accepted' ? 'success' : 'danger'}>
      {t(`portal:summary.verdict.${version.verdict}`)}
    </StatusBadge>
  );
}
