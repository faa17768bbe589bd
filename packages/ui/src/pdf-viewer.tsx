import { ActionIcon, Button } from '@mantine/core';
import {
  IconChevronLeft,
  IconChevronRight,
  IconDownload,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useT } from './i18n.tsx';
import { drawPage, type OpenedPdf, openPdf } from './pdf-document.ts';
import { LoadingState } from './states.tsx';
import { Notice } from './status-badge.tsx';
import './app-styles.tsx';
import './pdf-viewer.css';

const zooms = [0.75, 1, 1.5, 2, 3] as const;

type Opening = { url: string; pdf?: OpenedPdf; failed?: true };

function usePdf(url: string): { pdf: OpenedPdf | undefined; failed: boolean } {
  const [opening, setOpening] = useState<Opening>({ url });
  useEffect(() => {
    const ending = new AbortController();
    const open = async () => {
      try {
        const pdf = await openPdf(url, ending.signal);
        if (!ending.signal.aborted) setOpening({ url, pdf });
      } catch {
        if (!ending.signal.aborted) setOpening({ url, failed: true });
      }
    };
    void open();
    return () => ending.abort();
  }, [url]);
  // An answer about the document shown before is not an answer about this one.
  const current = opening.url === url ? opening : undefined;
  return { pdf: current?.pdf, failed: current?.failed === true };
}

/** A PDF page by page, drawn by pdf.js, with a link to the file itself. The page takes the width that it is given. */
export function PdfViewer({ url, name }: { url: string; name: string }) {
  // Another document starts again at its first page.
  return <Viewer key={url} url={url} name={name} />;
}

function Viewer({ url, name }: { url: string; name: string }) {
  const t = useT();
  const { pdf, failed } = usePdf(url);
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [page, setPage] = useState(1);
  const [zoom, setZoom] = useState(1);
  const [broken, setBroken] = useState(false);
  const total = pdf?.document.numPages ?? 0;

  useEffect(() => {
    const [target, box] = [canvas.current, frame.current];
    if (!pdf || !target || !box || page > pdf.document.numPages) return;
    const draw = async () => {
      try {
        await drawPage(pdf, page, target, Math.max(200, (box.clientWidth - 2) * (zooms[zoom] ?? 1)));
        setBroken(false);
      } catch {
        // A drawing overtaken by another page or by leaving is not a fault of the document.
        setBroken(target.isConnected && target.width === 0);
      }
    };
    void draw();
  }, [pdf, page, zoom]);

  const download = (
    <Button
      component="a"
      href={url}
      download
      variant="subtle"
      size="sm"
      leftSection={<IconDownload className="rnoce-icon" aria-hidden />}
    >
      {t('common:action.download')}
    </Button>
  );
  if (failed || broken) {
    return (
      <Notice tone="warning" live="polite">
        <p>{t('common:pdf.error')}</p>
        {download}
      </Notice>
    );
  }
  return (
    <section className="rnoce-pdf" aria-label={t('common:pdf.viewer', { name })}>
      <div className="rnoce-pdf-bar">
        <ActionIcon
          aria-label={t('common:pdf.previous-page')}
          aria-disabled={page <= 1 || undefined}
          onClick={() => setPage(Math.max(1, page - 1))}
        >
          <IconChevronLeft className="rnoce-icon rnoce-mirror" aria-hidden />
        </ActionIcon>
        <output className="rnoce-tabular">{pdf ? t('common:pdf.page', { page, total }) : null}</output>
        <ActionIcon
          aria-label={t('common:pdf.next-page')}
          aria-disabled={page >= total || undefined}
          onClick={() => setPage(Math.min(Math.max(total, 1), page + 1))}
        >
          <IconChevronRight className="rnoce-icon rnoce-mirror" aria-hidden />
        </ActionIcon>
        <ActionIcon aria-label={t('common:pdf.zoom-out')} onClick={() => setZoom(Math.max(0, zoom - 1))}>
          <IconZoomOut className="rnoce-icon" aria-hidden />
        </ActionIcon>
        <ActionIcon
          aria-label={t('common:pdf.zoom-in')}
          onClick={() => setZoom(Math.min(zooms.length - 1, zoom + 1))}
        >
          <IconZoomIn className="rnoce-icon" aria-hidden />
        </ActionIcon>
        {download}
      </div>
      <section
        ref={frame}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        tabIndex={0}
        className="rnoce-pdf-page"
        aria-label={`${t('common:pdf.viewer', { name })}, ${t('common:pdf.page', { page, total })}`}
      >
        {pdf ? null : <LoadingState lines={6} />}
        <canvas ref={canvas} hidden={!pdf} dir="ltr" />
      </section>
    </section>
  );
}

/** The first page of a PDF, small. A comfort beside the file's name, hidden from screen readers. */
export function PdfThumbnail({ url, width = 72 }: { url: string; width?: number }) {
  const { pdf } = usePdf(url);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const target = canvas.current;
    if (!pdf || !target) return;
    const draw = async () => {
      try {
        await drawPage(pdf, 1, target, width);
      } catch {
        // A thumbnail is a comfort: the name of the file stands beside it.
      }
    };
    void draw();
  }, [pdf, width]);
  return <canvas ref={canvas} hidden={!pdf} dir="ltr" aria-hidden />;
}
