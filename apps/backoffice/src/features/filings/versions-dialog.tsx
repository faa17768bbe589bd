import { formatDateTime } from '@rnoce/i18n';
import type { DocumentVersion } from '@rnoce/schemas/documents';
import type { Dossier } from '@rnoce/schemas/filings';
import { Dialog } from '@rnoce/ui/dialog';
import { useT } from '@rnoce/ui/i18n';
import { Select } from '@rnoce/ui/select';
import { useState } from 'react';
import { VersionFacts } from '../../dossiers/document-view.tsx';
import { FilingDocumentView } from './filing-files.tsx';
import '../../dossiers/dossier-documents.css';

/** Two versions of a document side by side; the newest and the one before, at first. */
export function VersionsDialog({
  filing,
  label,
  versions,
  onClose,
}: {
  filing: Dossier['id'];
  label: string;
  /** Newest first. */
  versions: readonly DocumentVersion[];
  onClose: () => void;
}) {
  const t = useT();
  const [chosen, setChosen] = useState([versions[1]?.id, versions[0]?.id]);
  return (
    <Dialog fullScreen onClose={onClose} title={t('desk:document.compare-title', { label })}>
      <div className="backoffice-versions">
        {chosen.map((id, side) => {
          const version = versions.find((one) => one.id === id);
          return (
            // oxlint-disable-next-line react/no-array-index-key -- the two sides are places, not data
            <div key={side}>
              <label className="backoffice-filter">
                <span>{t('desk:document.choose-version')}</span>
                <Select
                  value={id}
                  onChange={(event) => {
                    const next = versions.find((one) => one.id === event.currentTarget.value)?.id;
                    setChosen((before) => before.map((other, place) => (place === side ? next : other)));
                  }}
                >
                  {versions.map((one) => (
                    <option key={one.id} value={one.id}>
                      {t('desk:document.version-of', {
                        number: one.version,
                        date: formatDateTime(one.uploadedAt),
                      })}
                      {one.verdict === null ? '' : ` · ${t(`desk:item.${one.verdict}`)}`}
                    </option>
                  ))}
                </Select>
              </label>
              {version ? (
                <>
                  <FilingDocumentView filing={filing} version={version} />
                  <VersionFacts version={version} />
                </>
              ) : null}
            </div>
          );
        })}
      </div>
    </Dialog>
  );
}
