import { Button } from '@mantine/core';
import { formatFileSize } from '@rnoce/i18n';
import {
  IconDownload,
  IconEye,
  IconFileTypePdf,
  IconRefresh,
  IconTrash,
  IconUpload,
} from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useLocale, useT } from './i18n.tsx';
import { Notice, StatusBadge, type Tone } from './status-badge.tsx';
import './upload-slot.css';

/** What the slot holds. `percent` is 0 to 100; `size` in bytes. */
export type UploadState =
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'uploading';
      readonly fileName: string;
      readonly percent: number;
      readonly onCancel: () => void;
    }
  | { readonly kind: 'checking'; readonly fileName: string }
  | {
      readonly kind: 'given';
      readonly fileName: string;
      readonly size: number;
      readonly downloadUrl: string;
      /** First page, `PdfThumbnail`. */
      readonly thumbnail?: ReactNode;
      readonly onPreview?: (() => void) | undefined;
      readonly onRemove?: (() => void) | undefined;
    };

/**
 * One document to give: its label and rule, where to drop or choose the file, its progress, what the agent said of it. Dumb: the
 * caller uploads. What a file is worth is judged by the server; here only what saves a useless upload (`maxBytes`).
 */
export function UploadSlot({
  label,
  name,
  rule,
  required = false,
  state,
  maxBytes,
  accept = 'application/pdf,.pdf',
  onChoose,
  refusal,
  onTooLarge,
  verdict,
  compress,
  readOnly = false,
}: {
  label: string;
  /** Path in the form, so that the summary of errors can lead here. */
  name: string;
  /** What is accepted; the default says PDF and the size. */
  rule?: string | undefined;
  required?: boolean;
  state: UploadState;
  maxBytes: number;
  accept?: string;
  /** Absent when nothing may be given here any more: what stands can still be taken out. */
  onChoose?: ((file: File) => void) | undefined;
  /** Why the last file was refused; the earlier one is kept. */
  refusal?: string | undefined;
  /** A file over `maxBytes`, which is not sent. The caller then tells it (`refusal`), and can offer to compress it. */
  onTooLarge?: ((file: File) => void) | undefined;
  /** What the agent decided on this document, and why. */
  verdict?: { readonly tone: Tone; readonly word: string; readonly reason?: ReactNode } | undefined;
  /** The offer to compress, when the last file was too large. */
  compress?: ReactNode;
  readOnly?: boolean;
}) {
  const t = useT();
  const { locale } = useLocale();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [tooLarge, setTooLarge] = useState<number>();
  const busy = state.kind === 'uploading' || state.kind === 'checking';
  const section = useRef<HTMLElement>(null);
  const working = useRef(false);
  // The buttons give way to the progress and come back: who pressed one is not left at the top of the page.
  useEffect(() => {
    const ended = working.current && !busy;
    working.current = busy;
    if (ended && document.activeElement === document.body)
      section.current?.querySelector<HTMLElement>('[data-field]')?.focus({ preventScroll: true });
  }, [busy]);
  const shownRefusal =
    tooLarge === undefined
      ? refusal
      : t('common:upload.too-large', {
          size: formatFileSize(tooLarge, locale),
          max: formatFileSize(maxBytes, locale),
        });

  function choose(file: File | undefined): void {
    if (!file || !onChoose || busy || readOnly) return;
    if (file.size > maxBytes) {
      if (onTooLarge) onTooLarge(file);
      else setTooLarge(file.size);
      return;
    }
    setTooLarge(undefined);
    onChoose(file);
  }

  const pick = () => input.current?.click();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dropping is an extra: the button does the same by keyboard
    <section
      ref={section}
      className="rnoce-upload"
      aria-labelledby={`${id}-label`}
      data-over={over || undefined}
      data-kind={state.kind}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        choose(event.dataTransfer.files[0]);
      }}
    >
      <div className="rnoce-upload-head">
        <h3 id={`${id}-label`}>
          {label}
          {required ? (
            <>
              {'\u00a0'}
              <span className="rnoce-required" aria-hidden>
                *
              </span>
              <span className="rnoce-visually-hidden"> ({t('common:field.required')})</span>
            </>
          ) : null}
        </h3>
        {verdict ? <StatusBadge tone={verdict.tone}>{verdict.word}</StatusBadge> : null}
      </div>
      {verdict?.reason === undefined ? null : <div className="rnoce-upload-reason">{verdict.reason}</div>}
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        onChange={(event) => {
          choose(event.target.files?.[0]);
          // The same file may be chosen again after a refusal.
          event.target.value = '';
        }}
      />
      <div className="rnoce-upload-body">
        {state.kind === 'given' ? <GivenFile state={state} label={label} /> : null}
        {state.kind === 'empty' ? (
          <div className="rnoce-upload-drop" data-empty={readOnly || undefined}>
            <IconUpload className="rnoce-icon" aria-hidden />
            <span>{readOnly ? t('common:upload.none') : t('common:upload.drop')}</span>
          </div>
        ) : null}
        {state.kind === 'uploading' ? (
          <div className="rnoce-upload-progress">
            <bdi>{state.fileName}</bdi>
            <progress
              max={100}
              value={state.percent}
              aria-label={t('common:upload.progress', { percent: state.percent })}
            />
            <span className="rnoce-tabular">{t('common:upload.progress', { percent: state.percent })}</span>
            <Button variant="subtle" size="sm" onClick={state.onCancel}>
              {t('common:action.cancel')}
            </Button>
          </div>
        ) : null}
        {state.kind === 'checking' ? (
          <div className="rnoce-upload-progress">
            <bdi>{state.fileName}</bdi>
            <progress aria-label={t('common:upload.checking')} />
            <output>{t('common:upload.checking')}</output>
          </div>
        ) : null}
      </div>
      {shownRefusal === undefined ? null : (
        <Notice tone="danger" live="assertive">
          <p>{shownRefusal}</p>
          {state.kind === 'given' ? <p>{t('common:upload.refused-kept')}</p> : null}
          {compress}
        </Notice>
      )}
      {readOnly || busy ? null : (
        <div className="rnoce-upload-actions">
          {onChoose ? (
            <Button
              variant={state.kind === 'given' ? 'subtle' : 'outline'}
              size="sm"
              data-field={name}
              data-label={label}
              aria-label={t('common:labelled', {
                label: t(state.kind === 'given' ? 'common:action.replace' : 'common:action.choose-file'),
                value: label,
              })}
              aria-describedby={`${id}-rule`}
              leftSection={
                state.kind === 'given' ? (
                  <IconRefresh className="rnoce-icon" aria-hidden />
                ) : (
                  <IconUpload className="rnoce-icon" aria-hidden />
                )
              }
              onClick={pick}
            >
              {t(state.kind === 'given' ? 'common:action.replace' : 'common:action.choose-file')}
            </Button>
          ) : null}
          {state.kind === 'given' && state.onRemove ? (
            <Button
              variant="subtle"
              color="red"
              size="sm"
              aria-label={t('common:action.remove-name', { name: label })}
              leftSection={<IconTrash className="rnoce-icon" aria-hidden />}
              onClick={state.onRemove}
            >
              {t('common:action.remove')}
            </Button>
          ) : null}
          <span id={`${id}-rule`} className="rnoce-upload-rule">
            {rule ?? t('common:upload.rule', { size: formatFileSize(maxBytes, locale) })}
          </span>
        </div>
      )}
    </section>
  );
}

function GivenFile({ state, label }: { state: Extract<UploadState, { kind: 'given' }>; label: string }) {
  const t = useT();
  const { locale } = useLocale();
  return (
    <div className="rnoce-upload-given">
      <div className="rnoce-upload-thumbnail">
        {state.thumbnail ?? <IconFileTypePdf className="rnoce-upload-file-icon" aria-hidden />}
      </div>
      <div className="rnoce-upload-file">
        <bdi className="rnoce-upload-name">{state.fileName}</bdi>
        <span className="rnoce-upload-rule rnoce-tabular">{formatFileSize(state.size, locale)}</span>
        <span className="rnoce-upload-links">
          {state.onPreview ? (
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label={t('common:action.preview-name', { name: label })}
              leftSection={<IconEye className="rnoce-icon" aria-hidden />}
              onClick={state.onPreview}
            >
              {t('common:action.preview')}
            </Button>
          ) : null}
          <Button
            component="a"
            href={state.downloadUrl}
            download
            variant="subtle"
            size="compact-sm"
            aria-label={t('common:action.download-name', { name: label })}
            leftSection={<IconDownload className="rnoce-icon" aria-hidden />}
          >
            {t('common:action.download')}
          </Button>
        </span>
      </div>
    </div>
  );
}
