import { Button } from '@mantine/core';
import { formatDateTime } from '@rnoce/i18n';
import type { ContractView, SignedContract } from '@rnoce/schemas/contracts';
import type { DocumentVersion } from '@rnoce/schemas/documents';
import type { Dossier } from '@rnoce/schemas/filings';
import { SignatureResult } from '@rnoce/shell/signature-result';
import { Dialog } from '@rnoce/ui/dialog';
import { useT } from '@rnoce/ui/i18n';
import { Notice, StatusBadge } from '@rnoce/ui/status-badge';
import { IconColumns2, IconEye } from '@tabler/icons-react';
import { useState } from 'react';
import { type Comparison, ComparisonMark } from '../../dossiers/comparison-mark.tsx';
import { VersionFacts } from '../../dossiers/document-view.tsx';
import { personName } from '../../dossiers/field-value.tsx';
import { compare, compareNames } from './differences.ts';
import { FilingDocumentView, IssuedContractView } from './filing-files.tsx';
import './contract-document.css';

const sides = ['signed', 'issued'] as const;

/** The contract that came back signed: what was issued, what the check found, what is left to the agent's eye, and both files. */
export function ContractDocument({
  dossier,
  contract,
  signed,
  version,
}: {
  dossier: Dossier;
  contract: ContractView;
  signed: SignedContract;
  version: DocumentVersion;
}) {
  const t = useT();
  const [side, setSide] = useState<(typeof sides)[number]>('signed');
  const [beside, setBeside] = useState(false);
  const issued = <IssuedContractView filing={dossier.id} contract={contract} />;
  const returned = <FilingDocumentView filing={dossier.id} version={version} />;
  return (
    <>
      <p className="backoffice-contract-number">
        <bdi className="rnoce-code rnoce-whole">{contract.number}</bdi>
        <span>
          {t('desk:contract.version', {
            version: signed.contractVersion,
            at: `\u2066${formatDateTime(contract.issuedAt)}\u2069`,
          })}
        </span>
        {signed.findings ? null : (
          <StatusBadge tone="warning" icon={IconEye}>
            {t('desk:contract.by-eye')}
          </StatusBadge>
        )}
      </p>
      {signed.current && contract.state === 'in_force' ? null : (
        <Notice tone="danger" title={t('desk:contract.void')}>
          <p>{t('desk:contract.void-detail')}</p>
        </Notice>
      )}
      <div className="backoffice-contract-result">
        <SignatureResult signed={signed} />
        {signed.findings && signed.findings.reasons.length > 0 ? (
          <p className="rnoce-hint">{t('desk:contract.same-words')}</p>
        ) : null}
        <Checks dossier={dossier} signed={signed} />
      </div>
      <div className="backoffice-contract-sides">
        <fieldset>
          <legend className="rnoce-visually-hidden">{t('desk:contract.shown')}</legend>
          {sides.map((one) => (
            <label key={one}>
              <input type="radio" checked={side === one} onChange={() => setSide(one)} />
              {t(`desk:contract.${one}`)}
            </label>
          ))}
        </fieldset>
        <Button
          size="sm"
          variant="outline"
          leftSection={<IconColumns2 className="rnoce-icon" aria-hidden />}
          onClick={() => setBeside(true)}
        >
          {t('desk:contract.side-by-side')}
        </Button>
      </div>
      {/* Side by side, they are shown by the dialog, once. */}
      {beside ? null : side === 'signed' ? returned : issued}
      <VersionFacts version={version} />
      {beside ? (
        <Dialog
          fullScreen
          onClose={() => setBeside(false)}
          title={t('desk:contract.side-by-side-title', { number: contract.number })}
        >
          <div className="backoffice-versions">
            <section aria-labelledby="contract-issued">
              <h3 id="contract-issued">{t('desk:contract.issued')}</h3>
              {issued}
            </section>
            <section aria-labelledby="contract-signed">
              <h3 id="contract-signed">{t('desk:contract.signed')}</h3>
              {returned}
            </section>
          </div>
        </Dialog>
      ) : null}
    </>
  );
}

/** What a machine can't judge: who signs for the company, and how a scan was signed. */
function Checks({
  dossier: { sections },
  signed: { findings },
}: {
  dossier: Dossier;
  signed: SignedContract;
}) {
  const t = useT();
  const key = sections.legalRepresentative?.manager;
  const representative = sections.managers?.find((manager) => manager.key && manager.key === key);
  const name = representative ? personName(representative) : '';
  const company = sections.company?.legalName ?? '';
  const signer = findings?.signer ?? null;
  const facts: readonly (readonly [string, string, Comparison])[] = [
    [t('reference:legalRepresentative.manager'), name, compareNames(name, signer?.commonName ?? null)],
    [
      t('reference:company.legalName'),
      company,
      signer?.organisation ? compare('legalName', company, signer.organisation) : 'none',
    ],
  ];
  const looks = findings ? (findings.outcome === 'valid' ? 'trusted' : 'untrusted') : 'scan';
  return (
    <>
      <h3>{t('desk:contract.look')}</h3>
      <dl className="backoffice-contract-names">
        {facts.map(([label, value, comparison]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <bdi>{value}</bdi>
              {comparison === 'none' ? null : <ComparisonMark comparison={comparison} />}
            </dd>
          </div>
        ))}
      </dl>
      <p>{t(`desk:contract.look.${looks}`)}</p>
    </>
  );
}
