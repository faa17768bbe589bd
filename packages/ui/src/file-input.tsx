import { IconUpload } from '@tabler/icons-react';
import { useT } from './i18n.tsx';
import './file-input.css';

/**
 * A file to choose beside other fields, in the language of the page: the browser's own control speaks the browser's. A document that is
 * uploaded by itself has its `UploadSlot`.
 */
export function FileInput({
  id,
  accept,
  file,
  onChoose,
}: {
  /** Its label names it. */
  id: string;
  accept: string;
  /** The one chosen. */
  file: File | undefined;
  /** Undefined when the choice is taken back. */
  onChoose: (file: File | undefined) => void;
}) {
  const t = useT();
  return (
    <span className="rnoce-input rnoce-file-input">
      <input
        id={id}
        type="file"
        accept={accept}
        onChange={(event) => onChoose(event.currentTarget.files?.[0])}
      />
      <IconUpload className="rnoce-icon" aria-hidden />
      <bdi aria-live="polite">{file?.name ?? t('common:action.choose-file')}</bdi>
    </span>
  );
}
