import { type RequestForm, requestDocuments } from '@rnoce/schemas/customs-request-rules';
import type { CustomsRequest } from '@rnoce/schemas/customs-requests';
import { encodeIssue } from '@rnoce/ui';
import { useIssueMessage } from '@rnoce/ui/field-message';
import { useT } from '@rnoce/ui/i18n';
import { IconAlertCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { type DocumentRow, mustReplace, useDocumentDesk } from '../../uploads/document-desk.ts';
import { DocumentPreview } from '../../uploads/document-preview.tsx';
import { DocumentSlot } from '../../uploads/document-slot.tsx';

/** The documents that a request asks by what it says now, then those that it doesn't ask any more and that are to be taken out. */
function rowsOf(form: RequestForm, documents: CustomsRequest['documents']): DocumentRow[] {
  const asked = requestDocuments(form);
  const others = documents.flatMap(({ document, current }) =>
    current && !asked.includes(document) ? [document] : [],
  );
  return [...asked, ...others].map((document) => {
    const current = documents.find((one) => one.document === document)?.current ?? undefined;
    const belongs = asked.includes(document);
    return {
      document,
      required: belongs,
      belongs,
      current,
      mustReplace: current !== undefined && mustReplace(current),
      refusals: [],
    };
  });
}

/** A slot for each document of a request. */
export function RequestDocuments({
  form,
  documents,
  judged,
}: {
  form: RequestForm;
  documents: CustomsRequest['documents'];
  /** Whether what is missing is said at its slot. */
  judged: boolean;
}) {
  const t = useT();
  const messageOf = useIssueMessage();
  const { addressOf } = useDocumentDesk();
  const [shown, setShown] = useState<DocumentRow>();
  const rows = rowsOf(form, documents);
  if (rows.length === 0) return <p className="wizard-lead">{t(`operations:documents.after-choice`)}</p>;
  return (
    <>
      <p className="wizard-lead">{t('wizard:document.lead')}</p>
      <div className="rnoce-upload-grid operation-documents">
        {rows.map((row) => (
          <div key={row.document}>
            <DocumentSlot row={row} onPreview={() => setShown(row)} />
            {judged && row.required && !row.current ? (
              <p className="rnoce-field-error">
                <IconAlertCircle className="rnoce-icon" aria-hidden />
                <span>{messageOf(encodeIssue('required'))}</span>
              </p>
            ) : null}
          </div>
        ))}
      </div>
      {shown?.current ? (
        <DocumentPreview
          title={t(`reference:document.${shown.document}`)}
          url={addressOf(shown.current, 'inline')}
          mediaType={shown.current.mediaType}
          onClose={() => setShown(undefined)}
        />
      ) : null}
    </>
  );
}
