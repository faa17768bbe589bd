import { formatDateTime, formatDay } from '@rnoce/i18n';
import type { SignatureFindings, SignatureOutcome, SignedContract } from '@rnoce/schemas/contracts';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import type { ReactNode } from 'react';
import './signature-result.css';

const tones = {
  valid: 'success',
  valid_untrusted: 'warning',
  altered: 'danger',
  not_signed: 'danger',
} as const satisfies Record<SignatureOutcome, string>;

/**
 * How a contract was signed, and what the check of its signature found, in plain words for operators and agents alike. Its words are
 * `contracts:…` (`loadContracts`).
 */
export function SignatureResult({
  signed: { way, findings },
}: {
  signed: Pick<SignedContract, 'way' | 'findings'>;
}) {
  const t = useT();
  if (!findings)
    return (
      <Notice tone="info" title={t(`reference:signatureWay.${way}`)}>
        <p>{t(`contracts:way.${way}`)}</p>
      </Notice>
    );
  const { outcome, reasons } = findings;
  return (
    <div className="rnoce-signature">
      <Notice tone={tones[outcome]} title={t(`reference:signature.${outcome}`)}>
        <p>{t(`contracts:outcome.${outcome}`)}</p>
        {reasons.length === 0 ? null : (
          <ul>
            {reasons.map((reason) => (
              <li key={reason}>{t(`contracts:reason.${reason}`)}</li>
            ))}
          </ul>
        )}
      </Notice>
      <FindingFacts findings={findings} />
    </div>
  );
}

interface Name {
  readonly commonName: string | null;
  readonly organisation: string | null;
  readonly country: string | null;
}

const nameOf = ({ commonName, organisation, country }: Name): ReactNode => (
  <bdi>{[commonName, organisation, country].filter(Boolean).join(' · ')}</bdi>
);

/** An instant inside a sentence of any direction. */
const isolated = (text: string): string => `\u2066${text}\u2069`;

function FindingFacts({ findings }: { findings: SignatureFindings }) {
  const t = useT();
  const { signer, signingTime, timestamp, revocation, checkedAt } = findings;
  const when = (instant: string) => <bdi className="rnoce-tabular">{formatDateTime(instant)}</bdi>;
  const facts: (readonly [string, ReactNode])[] = [];
  if (signer) {
    facts.push(
      [t('contracts:fact.signer'), nameOf(signer)],
      [t('contracts:fact.issuer'), nameOf(signer.issuer)],
      [
        t('contracts:fact.validity'),
        t('contracts:validity', {
          from: isolated(formatDay(signer.validFrom)),
          to: isolated(formatDay(signer.validTo)),
        }),
      ],
      [t('contracts:fact.revocation'), t(`contracts:revocation.${revocation}`)],
    );
  }
  if (signingTime !== null) facts.push([t('contracts:fact.signed-at'), when(signingTime)]);
  if (timestamp)
    facts.push([
      t('contracts:fact.timestamp'),
      t(timestamp.trusted ? 'contracts:timestamp.trusted' : 'contracts:timestamp.untrusted', {
        at: isolated(formatDateTime(timestamp.time)),
      }),
    ]);
  facts.push([t('contracts:fact.checked'), when(checkedAt)]);
  return (
    <dl>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
