import { type CustomsRequestDossier, getRequestDocument } from '@rnoce/schemas/customs-requests';
import { useT } from '@rnoce/ui/i18n';
import { EmptyState } from '@rnoce/ui/states';
import { DocumentView, VersionFacts } from '../../dossiers/document-view.tsx';
import { ItemVerdict } from '../../dossiers/item-verdict.tsx';
import { client } from '../../session/session.ts';
import { OperationReasons } from './operation-reasons.tsx';
import { useRequestItemLabel } from './request-item-label.ts';
import { stateOf } from './request-verdict.ts';
import type { RequestJudging } from './use-operation.ts';
import '../../dossiers/dossier-documents.css';

/** The right of the dossier: the document being judged, and the word on it. */
export function OperationDocuments({
  dossier,
  judging,
}: {
  dossier: CustomsRequestDossier;
  judging: RequestJudging;
}) {
  const t = useT();
  const labelOf = useRequestItemLabel(dossier);
  const item = judging.document;
  const version = dossier.documents.find(({ document }) => `documents.${document}` === item);
  if (item === undefined || !version) return <EmptyState title={t('desk:document.none')} />;
  const label = labelOf(item);
  return (
    <section className="backoffice-document" aria-labelledby="document-title">
      <div className="backoffice-section-head">
        <h2 id="document-title">{label}</h2>
        {judging.editable ? (
          <ItemVerdict
            item={item}
            label={label}
            state={stateOf(judging.verdict, item, judging.items)}
            words
            onAccept={judging.accept}
            onRefuse={judging.beginRefusal}
          />
        ) : null}
      </div>
      <OperationReasons item={item} label={label} judging={judging} />
      <DocumentView
        version={version}
        url={client.url(getRequestDocument, {
          params: { id: dossier.id, document: version.document },
          query: { version: version.id, disposition: 'inline' },
        })}
      />
      <VersionFacts version={version} />
    </section>
  );
}
