import {
  type ContractView,
  type SignatureWay,
  type SignedContract,
  signatureWays,
} from '@rnoce/schemas/contracts';
import { SignatureResult } from '@rnoce/shell/signature-result';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { useState } from 'react';
import { DocumentPreview } from '../../uploads/document-preview.tsx';
import { DocumentSlot, type Verdict } from '../../uploads/document-slot.tsx';
import { contractRow } from './document-rows.ts';
import { documentAddress, signedContractBy } from './document-traffic.ts';
import { useWizard } from './wizard-context.ts';

const parts = ['get', 'sign', 'return'] as const;

/** What the slot says of the signed file, in a word; what the check found stands below it. */
function useSignedVerdict(signed: SignedContract | null): Verdict | undefined {
  const t = useT();
  if (!signed) return undefined;
  const { current, findings } = signed;
  if (!current) return { tone: 'warning', word: t('wizard:contract.outdated.word') };
  if (!findings) return { tone: 'info', word: t('wizard:contract.to-check') };
  const { outcome } = findings;
  return { tone: outcome === 'valid' ? 'success' : 'warning', word: t(`reference:signature.${outcome}`) };
}

/** How to sign the contract, where to give it back, and what its check found. */
export function ContractSignature({ contract }: { contract: ContractView }) {
  const t = useT();
  const { subscription, refusals } = useWizard();
  const { signed } = contract;
  const [way, setWay] = useState<SignatureWay>(signed?.way ?? 'electronic');
  const [shown, setShown] = useState(false);
  const verdict = useSignedVerdict(signed);
  const row = contractRow(subscription.documents, refusals);
  const { current } = row;
  return (
    <section className="wizard-group" aria-labelledby="wizard-signature">
      <h2 id="wizard-signature">{t('wizard:contract.sign')}</h2>
      <fieldset className="wizard-ways">
        <legend>{t('wizard:contract.how')}</legend>
        {signatureWays.map((one) => (
          <div key={one} className="wizard-way" data-chosen={one === way || undefined}>
            <label htmlFor={`wizard-way-${one}`}>
              <input
                id={`wizard-way-${one}`}
                type="radio"
                name="way"
                value={one}
                checked={one === way}
                aria-describedby={`wizard-way-${one}-how`}
                onChange={() => setWay(one)}
              />
              {t(`reference:signatureWay.${one}`)}
            </label>
            <ol id={`wizard-way-${one}-how`}>
              {parts.map((part) => (
                <li key={part}>{t(`wizard:contract.${one}.${part}`)}</li>
              ))}
            </ol>
          </div>
        ))}
      </fieldset>
      <DocumentSlot
        row={row}
        onPreview={() => setShown(true)}
        by={signedContractBy(subscription.id, way)}
        given={verdict}
        compressible={way === 'handwritten'}
      />
      <div className="wizard-signed" aria-live="polite">
        {signed && current ? (
          signed.current ? (
            <SignatureResult signed={signed} />
          ) : (
            <Notice tone="warning">
              <p>{t('wizard:contract.outdated.detail')}</p>
            </Notice>
          )
        ) : null}
      </div>
      {shown && current ? (
        <DocumentPreview
          title={t('reference:document.contract')}
          url={documentAddress(subscription.id, current, 'inline')}
          mediaType={current.mediaType}
          onClose={() => setShown(false)}
        />
      ) : null}
    </section>
  );
}
