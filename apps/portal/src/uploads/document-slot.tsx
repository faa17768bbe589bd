import { Button } from '@mantine/core';
import { ApiError } from '@rnoce/api-client/api-error';
import { formatFileSize } from '@rnoce/i18n';
import { documentRules } from '@rnoce/schemas/documents';
import { useLocale, useT } from '@rnoce/ui/i18n';
import { notify, offerUndo } from '@rnoce/ui/notifications';
import { PdfThumbnail } from '@rnoce/ui/pdf-viewer';
import { useErrorSentence } from '@rnoce/ui/states';
import { type Tone } from '@rnoce/ui/status-badge';
import { UploadSlot, type UploadState } from '@rnoce/ui/upload-slot';
import { type ReactNode, useState, useSyncExternalStore } from 'react';
import { RefusalsAt } from '../form-sections/refusals-at.tsx';
import { CompressOffer } from './compress-offer.tsx';
import { type DocumentRow, useDocumentDesk } from './document-desk.ts';
import { fileRefusal } from './file-check.ts';
import { useFileRefusal } from './file-refusal.ts';
import { InView } from './in-view.tsx';
import type { SendDocument } from './upload-store.ts';
import '../form-sections/form.css';

export type Verdict = { readonly tone: Tone; readonly word: string; readonly reason?: ReactNode };

/** What is said of the file that stands there: refused, to be taken out, waiting for the antivirus, accepted. */
function useVerdict(
  { document, belongs, mustReplace, current, refusals }: DocumentRow,
  given: Verdict | undefined,
): Verdict | undefined {
  const t = useT();
  if (!belongs) return { tone: 'warning', word: t('wizard:document.to-remove') };
  if (!current) return undefined;
  if (current.scan === 'infected') return { tone: 'danger', word: t('reference:scan.infected') };
  if (mustReplace) {
    return {
      tone: 'danger',
      word: t('wizard:document.refused'),
      ...(refusals.length === 0
        ? {}
        : { reason: <RefusalsAt element={`documents.${document}`} refusals={refusals} /> }),
    };
  }
  if (current.scan === 'quarantined') return { tone: 'info', word: t('reference:scan.quarantined') };
  if (refusals.some(({ changed }) => changed)) {
    return { tone: 'success', word: t('reference:reason.changed') };
  }
  if (current.verdict === 'accepted') return { tone: 'success', word: t('wizard:document.accepted') };
  return given ?? { tone: 'success', word: t('wizard:document.given') };
}

const unlikely = ['file_refused', 'contract_refused', 'contract_void', 'contract_not_issued'];

/** What the file itself is refused for stays so: only what happened on the way is worth another try. */
const mayPass = (error: unknown): boolean => !(error instanceof ApiError && unlikely.includes(error.code));

/** One document of the form. */
export function DocumentSlot({
  row,
  onPreview,
  open = true,
  by,
  given,
  compressible = true,
}: {
  row: DocumentRow;
  onPreview: () => void;
  /** Whether a file may be given now. */
  open?: boolean;
  /** How it is sent, when it isn't like any other document. */
  by?: SendDocument;
  /** What is said of a file that stands there and on which nobody has said anything. */
  given?: Verdict | undefined;
  /** Whether a file that is too heavy may be made lighter here, which makes pictures of its pages. */
  compressible?: boolean;
}) {
  const t = useT();
  const { locale } = useLocale();
  const { uploads, changed, addressOf, remove } = useDocumentDesk();
  const upload = useSyncExternalStore(uploads.subscribe, uploads.snapshot)[row.document];
  const refusalOf = useFileRefusal();
  const sentence = useErrorSentence();
  /** A file that was not sent: too heavy, or of another kind. */
  const [held, setHeld] = useState<{
    readonly file: File;
    readonly reason: string;
    readonly heavy: boolean;
  }>();
  const verdict = useVerdict(row, given);
  const { document, current, belongs } = row;
  const label = t(`reference:document.${document}`);
  const rule = documentRules[document];
  const pdf = rule.mediaTypes.some((type) => type === 'application/pdf');
  const locked = current?.scan === 'quarantined' || current?.scan === 'infected';

  const size = (bytes: number) => formatFileSize(bytes, locale);

  async function send(file: File): Promise<void> {
    const refusal = await fileRefusal(file, rule.mediaTypes);
    if (refusal) {
      uploads.dismiss(document);
      setHeld({ file, reason: t(`errors:file.${refusal}`), heavy: false });
      return;
    }
    setHeld(undefined);
    await uploads.send(document, file, by);
    changed();
  }

  function hold(file: File): void {
    uploads.dismiss(document);
    const reason = t('common:upload.too-large', { size: size(file.size), max: size(rule.maxBytes) });
    setHeld({ file, reason, heavy: true });
  }

  async function act<T>(action: () => Promise<T>): Promise<T | undefined> {
    try {
      const done = await action();
      changed();
      return done;
    } catch (error) {
      notify(sentence(error), 'danger');
      return undefined;
    }
  }

  async function takeOut(): Promise<void> {
    uploads.dismiss(document);
    setHeld(undefined);
    const putBack = await act(() => remove(document));
    if (!putBack) return;
    const told = t('common:upload.removed', { name: label });
    // What the form doesn't ask for can't be put back.
    if (belongs) offerUndo(told, { undo: () => void act(putBack) });
    else notify(told, 'success');
  }

  function stateOf(): UploadState {
    if (upload && upload.kind !== 'failed') {
      const { fileName, part } = upload;
      if (upload.kind === 'checking') return { kind: 'checking', fileName };
      return {
        kind: 'uploading',
        fileName,
        percent: Math.round(part * 100),
        onCancel: () => uploads.cancel(document),
      };
    }
    if (!current) return { kind: 'empty' };
    const address = addressOf(current, 'inline');
    return {
      kind: 'given',
      fileName: current.fileName,
      size: current.sizeBytes,
      downloadUrl: addressOf(current, 'attachment'),
      ...(locked
        ? {}
        : {
            onPreview,
            thumbnail: (
              <InView key={current.id}>
                {current.mediaType === 'application/pdf' ? (
                  <PdfThumbnail url={address} />
                ) : (
                  <img className="wizard-picture" src={address} alt="" />
                )}
              </InView>
            ),
          }),
      onRemove: () => void takeOut(),
    };
  }

  const failed = upload?.kind === 'failed' ? upload : undefined;
  return (
    <UploadSlot
      label={label}
      name={`documents.${document}`}
      required={row.required}
      state={stateOf()}
      maxBytes={rule.maxBytes}
      accept={pdf ? 'application/pdf,.pdf' : rule.mediaTypes.join(',')}
      {...(pdf ? {} : { rule: t('wizard:document.logo-rule', { size: size(rule.maxBytes) }) })}
      onChoose={belongs && open ? (file) => void send(file) : undefined}
      onTooLarge={hold}
      refusal={held?.reason ?? (failed ? refusalOf(failed.error) : undefined)}
      verdict={verdict}
      compress={
        held?.heavy === true && pdf && compressible ? (
          <CompressOffer
            key={`${held.file.name} ${held.file.size} ${held.file.lastModified}`}
            file={held.file}
            maxBytes={rule.maxBytes}
            onAccept={(lighter) => void send(lighter)}
          />
        ) : failed && !held && mayPass(failed.error) ? (
          <Button size="sm" variant="outline" onClick={() => void send(failed.file)}>
            {t('common:action.retry')}
          </Button>
        ) : null
      }
    />
  );
}
