import { formatDateTime, formatFileSize } from '@rnoce/i18n';
import type { DocumentVersion } from '@rnoce/schemas/documents';
import { useSessionState } from '@rnoce/shell/use-principal';
import { useLocale, useT } from '@rnoce/ui/i18n';
import { PdfViewer } from '@rnoce/ui/pdf-viewer';
import { LoadingState } from '@rnoce/ui/states';
import { Notice } from '@rnoce/ui/status-badge';
import { useEffect, useState } from 'react';
import { sessionKeeper } from '../session/session.ts';
import { sessionStore } from '../session/session-store.ts';
import { useItemLabel } from './item-label.ts';
import './dossier-documents.css';

interface Ready {
  readonly url: string;
  /** Another one starts the viewer again: what it asked for while the session was over was refused. */
  readonly turn: number;
}

/** An address of the API, once the session is sure to hold: the viewer asks for it by itself. */
function useFreshUrl(url: string): Ready | undefined {
  const expired = useSessionState(sessionStore).kind === 'expired';
  const [ready, setReady] = useState<Ready>();
  useEffect(() => {
    if (expired) return;
    const leaving = new AbortController();
    const prepare = async () => {
      // A session that can't be prolonged now may still hold: the viewer says so if not.
      await sessionKeeper.freshen().catch(() => undefined);
      if (!leaving.signal.aborted) setReady((before) => ({ url, turn: (before?.turn ?? 0) + 1 }));
    };
    void prepare();
    return () => leaving.abort();
  }, [url, expired]);
  return ready?.url === url ? ready : undefined;
}

/** A file of the API, shown as what it is. */
export function FileView({ url, mediaType, label }: { url: string; mediaType: string; label: string }) {
  const ready = useFreshUrl(url);
  if (!ready) return <LoadingState lines={6} />;
  const { turn } = ready;
  if (mediaType === 'application/pdf') return <PdfViewer key={turn} url={url} name={label} />;
  return <img key={turn} className="backoffice-picture" src={url} alt={label} />;
}

/** One version of a document: the PDF page by page, or the logo's picture. */
export function DocumentView({
  url,
  version: { document, mediaType, scan, version: number },
}: {
  /** Where the API gives this version. */
  url: string;
  version: DocumentVersion;
}) {
  const t = useT();
  const label = useItemLabel()(`documents.${document}`);
  if (scan === 'quarantined' || scan === 'infected') {
    return (
      <Notice tone="warning" title={t(`reference:scan.${scan}`)}>
        <p>{t('errors:problem.document_quarantined.detail')}</p>
      </Notice>
    );
  }
  return <FileView url={url} mediaType={mediaType} label={t('desk:document.named', { label, number })} />;
}

/** What is known of a version: file, size, pages, when, virus check, hash. */
export function VersionFacts({ version }: { version: DocumentVersion }) {
  const t = useT();
  const { locale } = useLocale();
  return (
    <p className="backoffice-version-facts">
      <bdi>{version.fileName}</bdi>
      <span>
        {t('desk:document.version', { number: version.version })} ·{' '}
        {formatFileSize(version.sizeBytes, locale)}
        {version.pages === null ? null : ` · ${t('desk:document.pages', { count: version.pages })}`} ·{' '}
        <bdi className="rnoce-tabular">{formatDateTime(version.uploadedAt)}</bdi> ·{' '}
        {t(`reference:scan.${version.scan}`)}
      </span>
      <span title={version.sha256}>
        {t('desk:document.hash')} <bdi className="rnoce-code">{version.sha256.slice(0, 16)}…</bdi>
      </span>
    </p>
  );
}
