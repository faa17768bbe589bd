import { Dialog } from '@rnoce/ui/dialog';
import { PdfViewer } from '@rnoce/ui/pdf-viewer';

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
  return (
    <Dialog onClose={onClose} size="xl" title={title}>
      {mediaType === 'application/pdf' ? (
        <PdfViewer url={url} name={title} />
      ) : (
        <img className="wizard-picture" src={url} alt={title} />
      )}
    </Dialog>
  );
}
