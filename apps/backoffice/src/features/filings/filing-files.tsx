import { type ContractView, getFilingContract } from '@rnoce/schemas/contracts';
import type { DocumentVersion } from '@rnoce/schemas/documents';
import { type Dossier, getFilingDocument } from '@rnoce/schemas/filings';
import { useT } from '@rnoce/ui/i18n';
import { DocumentView, FileView } from '../../dossiers/document-view.tsx';
import { client } from '../../session/session.ts';

/** One version of a document of a filing. */
export function FilingDocumentView({ filing, version }: { filing: Dossier['id']; version: DocumentVersion }) {
  const url = client.url(getFilingDocument, {
    params: { id: filing, document: version.document },
    query: { version: version.id, disposition: 'inline' },
  });
  return <DocumentView url={url} version={version} />;
}

/** The contract as it was issued, before anybody signed it. */
export function IssuedContractView({
  filing,
  contract: { number, version },
}: {
  filing: Dossier['id'];
  contract: ContractView;
}) {
  const t = useT();
  return (
    <FileView
      url={client.url(getFilingContract, { params: { id: filing }, query: { disposition: 'inline' } })}
      mediaType="application/pdf"
      label={t('desk:contract.issued-name', { number, version })}
    />
  );
}
