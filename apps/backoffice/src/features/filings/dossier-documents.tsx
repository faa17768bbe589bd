import { Button } from '@mantine/core';
import type { Dossier } from '@rnoce/schemas/filings';
import { useT } from '@rnoce/ui/i18n';
import { EmptyState } from '@rnoce/ui/states';
import { IconColumns2 } from '@tabler/icons-react';
import { useState } from 'react';
import { VersionFacts } from '../../dossiers/document-view.tsx';
import { documentLabel, useItemLabel } from '../../dossiers/item-label.ts';
import { ItemVerdict } from '../../dossiers/item-verdict.tsx';
import { ContractDocument } from './contract-document.tsx';
import { FilingDocumentView } from './filing-files.tsx';
import { ItemReasons } from './item-reasons.tsx';
import type { Judging } from './use-judging.ts';
import { VersionsDialog } from './versions-dialog.tsx';
import '../../dossiers/dossier-documents.css';

/** The right of the dossier: the document being judged, the word on it, and its versions. */
export function DossierDocuments({ dossier, judging }: { dossier: Dossier; judging: Judging }) {
  const t = useT();
  const labelOf = useItemLabel();
  const [comparing, setComparing] = useState(false);
  const item = judging.document;
  const version = dossier.documents.find(({ document }) => `documents.${document}` === item);
  if (item === undefined || !version) return <EmptyState title={t('desk:document.none')} />;
  const { contract } = dossier;
  const label = labelOf(item);
  const versions = dossier.documentHistory.filter(({ document }) => document === version.document);
  return (
    <section className="backoffice-document" aria-labelledby="document-title">
      <div className="backoffice-section-head">
        <h2 id="document-title">{t(documentLabel(version.document))}</h2>
        {judging.editable ? (
          <ItemVerdict
            item={item}
            label={label}
            state={judging.stateOf(item)}
            words
            onAccept={judging.accept}
            onRefuse={judging.beginRefusal}
          />
        ) : null}
      </div>
      <ItemReasons item={item} judging={judging} />
      {contract?.signed?.file.id === version.id ? (
        <ContractDocument
          key={version.id}
          dossier={dossier}
          contract={contract}
          signed={contract.signed}
          version={version}
        />
      ) : (
        <>
          {/* Compared, it is shown by the dialog, once. */}
          {comparing ? null : <FilingDocumentView filing={dossier.id} version={version} />}
          <VersionFacts version={version} />
        </>
      )}
      {versions.length > 1 ? (
        <Button
          size="sm"
          variant="outline"
          leftSection={<IconColumns2 className="rnoce-icon" aria-hidden />}
          onClick={() => setComparing(true)}
        >
          {t('desk:document.compare', { count: versions.length })}
        </Button>
      ) : null}
      {comparing ? (
        <VersionsDialog
          filing={dossier.id}
          label={label}
          versions={versions}
          onClose={() => setComparing(false)}
        />
      ) : null}
    </section>
  );
}
