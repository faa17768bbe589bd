import { Modal } from '@mantine/core';
import { useT } from '@rnoce/ui/i18n';
import { PdfViewer } from '@rnoce/ui/pdf-viewer';
import '@rnoce/ui/app-styles';

/** A document over the page, as large as the screen allows. */
export function DocumentPreview({
  title,
  url,
  mediaType,
  onClose,
}: {
  title: string;
  url: string;
  mediaType: string;
  onClose: () => void;
}) {
  const t = useT();
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={title}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      {mediaType === 'application/pdf' ? (
        <PdfViewer url={url} name={title} />
      ) : (
        <img className="wizard-picture" src={url} alt={title} />
      )}
    </Modal>
  );
}
