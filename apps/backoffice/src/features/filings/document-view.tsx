import { formatDateTime, formatFileSize } from '@rnoce/i18n';
import type { DocumentVersion } from '@rnoce/schemas/documents';
import { type Dossier, getFilingDocument } from '@rnoce/schemas/filings';
import { useLocale, useT } from '@rnoce/ui/i18n';
import { PdfViewer } from '@rnoce/ui/pdf-viewer';
import { LoadingState } from '@rnoce/ui/states';
import { Notice } from '@rnoce/ui/status-badge';
import { useEffect, useState } from 'react';
import { client, freshenSession } from '../../session/session.ts';
import { useItemLabel } from './item-label.ts';

/** The address of a version, once the session is sure to hold: the viewer asks for it by itself. */
function useDocumentUrl(
  filing: Dossier['id'],
  { id: version, document }: DocumentVersion,
): string | undefined {
  const url = client.url(getFilingDocument, {
    params: { id: filing, document },
    query: { version, disposition: 'inline' },
  });
  const [ready, setReady] = useState<string>();
  useEffect(() => {
    const leaving = new AbortController();
    const prepare = async () => {
      // A session that can't be prolonged now may still hold: the viewer says so if not.
      await freshenSession().catch(() => undefined);
      if (!leaving.signal.aborted) setReady(url);
    };
    void prepare();
    return () => leaving.abort();
  }, [url]);
  return ready === url ? url : undefined;
}

/** One version of a document: the PDF page by page, or the logo's picture. */
export function DocumentView({ filing, version }: { filing: Dossier['id']; version: DocumentVersion }) {
  const t = useT();
  const document = useItemLabel()(`documents.${version.document}`);
  const label = t('backoffice:document.named', { label: document, number: version.version });
  const url = useDocumentUrl(filing, version);
  if (version.scan === 'quarantined' || version.scan === 'infected') {
    return (
      <Notice tone="warning" title={t(`reference:scan.${version.scan}`)}>
        <p>{t('errors:problem.document_quarantined.detail')}</p>
      </Notice>
    );
  }
  if (url === undefined) return <LoadingState lines={6} />;
  if (version.mediaType === 'application/pdf') return <PdfViewer url={url} name={label} />;
  return <img className="backoffice-picture" src={url} alt={label} />;
}

/** What is known of a version: file, size, pages, when, virus check, hash. */
export function VersionFacts({ version }: { version: DocumentVersion }) {
  const t = useT();
  const { locale } = useLocale();
  return (
    <p className="backoffice-version-facts">
      <bdi>{version.fileName}</bdi>
      <span>
        {t('backoffice:document.version', { number: version.version })} ·{' '}
        {formatFileSize(version.sizeBytes, locale)}
        {version.pages === null ? null : ` · ${t('backoffice:document.pages', { count: version.pages })}`} ·{' '}
        <bdi className="rnoce-tabular">{formatDateTime(version.uploadedAt)}</bdi> ·{' '}
        {t(`reference:scan.${version.scan}`)}
      </span>
      <span title={version.sha256}>
        {t('backoffice:document.hash')} <bdi className="rnoce-code">{version.sha256.slice(0, 16)}…</bdi>
      </span>
    </p>
  );
}
