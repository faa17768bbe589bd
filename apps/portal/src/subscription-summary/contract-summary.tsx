import { formatDateTime } from '@rnoce/i18n';
import { type ContractView, getContract } from '@rnoce/schemas/contracts';
import { getDocument } from '@rnoce/schemas/documents';
import { SignatureResult } from '@rnoce/shell/signature-result';
import { useT } from '@rnoce/ui/i18n';
import { Notice, StatusBadge } from '@rnoce/ui/status-badge';
import { IconDownload } from '@tabler/icons-react';
import { client } from '../session/session.ts';
import { Fact } from './fact.tsx';
import './contract-summary.css';

/** The contract of a request: which one, what came back signed, and what the check of the signature found. */
export function ContractSummary({ id, contract }: { id: string; contract: ContractView | null }) {
  const t = useT();
  if (!contract) return <p className="portal-missing">{t('subscriptions:contract.none')}</p>;
  const { number, version, state, issuedAt, sha256, signed } = contract;
  return (
    <div className="portal-contract">
      <div className="portal-contract-head">
        <strong>
          <bdi className="rnoce-code rnoce-whole">{number}</bdi>
        </strong>
        <StatusBadge tone={state === 'in_force' ? 'success' : 'warning'}>
          {t(`subscriptions:contract.state.${state}`)}
        </StatusBadge>
        <Download
          href={client.url(getContract, { params: { id }, query: { disposition: 'attachment' } })}
          label={t('subscriptions:contract.download')}
        />
      </div>
      <dl className="portal-facts">
        <Fact label={t('subscriptions:contract.version')}>
          <bdi className="rnoce-code">{version}</bdi>
        </Fact>
        <Fact label={t('subscriptions:contract.issued')}>
          <bdi className="rnoce-code">{formatDateTime(issuedAt)}</bdi>
        </Fact>
        <Fact label={t('subscriptions:contract.sha256')}>
          <bdi className="rnoce-code portal-contract-hash">{sha256}</bdi>
        </Fact>
      </dl>
      {signed === null ? (
        <p className="portal-missing">{t('subscriptions:contract.not-signed')}</p>
      ) : (
        <>
          <div className="portal-contract-head">
            <strong>{t('reference:document.contract')}</strong>
            <bdi className="rnoce-hint">{signed.file.fileName}</bdi>
            <bdi className="rnoce-hint rnoce-tabular">{formatDateTime(signed.file.uploadedAt)}</bdi>
            {signed.file.scan === 'quarantined' ? null : (
              <Download
                href={client.url(getDocument, {
                  params: { id, document: 'contract' },
                  query: { disposition: 'attachment' },
                })}
                label={t('subscriptions:contract.download-signed')}
              />
            )}
          </div>
          {signed.current ? null : (
            <Notice tone="warning">
              <p>{t('subscriptions:contract.outdated')}</p>
            </Notice>
          )}
          <SignatureResult signed={signed} />
        </>
      )}
    </div>
  );
}

function Download({ href, label }: { href: string; label: string }) {
  return (
    <a className="portal-contract-download rnoce-no-print" href={href} download>
      <IconDownload className="rnoce-icon" aria-hidden /> {label}
    </a>
  );
}
