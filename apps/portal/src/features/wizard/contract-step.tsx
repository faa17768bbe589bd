import { Button } from '@mantine/core';
import { ApiError } from '@rnoce/api-client/api-error';
import { formatDateTime, formatFileSize } from '@rnoce/i18n';
import type { ContractView } from '@rnoce/schemas/contracts';
import { createAttempts } from '@rnoce/shell/idempotent-attempt';
import { CopyableCode } from '@rnoce/ui/copyable-code';
import { Form } from '@rnoce/ui/form';
import { useLocale, useT } from '@rnoce/ui/i18n';
import { useErrorSentence } from '@rnoce/ui/states';
import { Notice } from '@rnoce/ui/status-badge';
import { IconDownload, IconEye, IconFileCertificate } from '@tabler/icons-react';
import { type Ref, useEffect, useRef, useState } from 'react';
import { isolated } from '../../form-sections/isolated.ts';
import { Facts } from '../../subscription-summary/facts.tsx';
import { DocumentPreview } from '../../uploads/document-preview.tsx';
import { ContractSignature } from './contract-signature.tsx';
import { ContractTitle } from './contract-title.tsx';
import { contractAddress, establishContract } from './document-traffic.ts';
import { MissingSteps } from './missing-list.tsx';
import { useStepForm } from './use-step-form.ts';
import { useWizard } from './wizard-context.ts';

/** « Contrat »: the portal makes it of the form, the legal representative signs it, and it comes back here. */
export function ContractStep() {
  const t = useT();
  const { subscription, goTo } = useWizard();
  const { contract } = subscription;
  const form = useStepForm('contract');
  const heading = useRef<HTMLHeadingElement>(null);
  const established = useRef(false);
  const version = contract?.state === 'in_force' ? contract.version : undefined;

  // The button that made the contract gives way to it: who pressed it goes on from there.
  useEffect(() => {
    if (version !== undefined && established.current) heading.current?.focus();
    established.current = false;
  }, [version]);

  return (
    <Form form={form} label={t('reference:step.contract')} onSubmit={() => goTo('review')}>
      <p className="wizard-lead">{t('wizard:contract.lead')}</p>
      {contract?.state === 'in_force' ? (
        <>
          <Issued contract={contract} heading={heading} />
          <ContractSignature contract={contract} />
        </>
      ) : (
        <Establish
          earlier={contract}
          onEstablished={() => {
            established.current = true;
          }}
        />
      )}
      <button type="submit" hidden aria-label={t('common:action.next')} />
    </Form>
  );
}

/** What is missing before the contract can be made, or the button that makes it; of an earlier one, why it is void. */
function Establish({ earlier, onEstablished }: { earlier: ContractView | null; onEstablished: () => void }) {
  const t = useT();
  const sentence = useErrorSentence();
  const { subscription, store, issues } = useWizard();
  const [attempts] = useState(() => createAttempts());
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const missingBox = useRef<HTMLDivElement>(null);
  const refused = failure instanceof ApiError ? failure.issues : [];
  // The contract repeats the form; the documents go beside it.
  const lacking = issues.filter(({ pointer }) => !pointer.startsWith('/documents/'));
  const missing = lacking.length > 0 ? lacking : refused;
  const label = t(earlier ? 'wizard:contract.establish-again' : 'wizard:contract.establish');

  async function establish(): Promise<void> {
    if (busy) return;
    if (lacking.length > 0) {
      missingBox.current?.focus();
      return;
    }
    setBusy(true);
    setFailure(undefined);
    try {
      if (!(await store.flush())) throw new ApiError({ status: 0, code: 'offline' });
      onEstablished();
      await establishContract(subscription.id, attempts.keyFor(String(store.snapshot().version)));
      attempts.end();
    } catch (error) {
      attempts.end(error);
      setFailure(error);
    }
    setBusy(false);
  }

  return (
    <>
      {earlier ? (
        <div className="wizard-notice">
          <Notice tone="warning" title={t('wizard:contract.void.title')} live="polite">
            <p>
              {t('wizard:contract.void.detail', {
                number: isolated(earlier.number),
                at: isolated(formatDateTime(earlier.issuedAt)),
              })}
            </p>
            {earlier.signed ? <p>{t('wizard:contract.void.signed')}</p> : null}
          </Notice>
        </div>
      ) : null}
      {missing.length > 0 ? (
        <div ref={missingBox} tabIndex={-1} className="wizard-notice">
          <Notice tone="warning" title={t('wizard:contract.missing')}>
            <MissingSteps issues={missing} />
          </Notice>
        </div>
      ) : (
        <p>{t('wizard:contract.ready')}</p>
      )}
      <div className="wizard-actions">
        <Button
          className="rnoce-form-next"
          data-field="documents.contract"
          data-label={label}
          aria-disabled={lacking.length > 0 || undefined}
          data-blocked={lacking.length > 0 || undefined}
          loading={busy}
          leftSection={<IconFileCertificate className="rnoce-icon" aria-hidden />}
          onClick={() => void establish()}
        >
          {label}
        </Button>
      </div>
      {failure === undefined || refused.length > 0 ? null : (
        <div className="wizard-notice">
          <Notice tone="danger" live="assertive">
            <p>{sentence(failure)}</p>
          </Notice>
        </div>
      )}
    </>
  );
}

/** The contract in force: what identifies it, and the file to sign. */
function Issued({ contract, heading }: { contract: ContractView; heading: Ref<HTMLHeadingElement> }) {
  const t = useT();
  const { locale } = useLocale();
  const { subscription } = useWizard();
  const [shown, setShown] = useState(false);
  const { number, version, issuedAt, sizeBytes, sha256 } = contract;
  const title = t('wizard:contract.title', { number: isolated(number) });
  const fact = (id: string, label: string, value: string) => ({
    id,
    label,
    value: <bdi className="rnoce-tabular">{value}</bdi>,
    note: null,
  });
  return (
    <section className="wizard-group" aria-labelledby="wizard-contract">
      <h2 id="wizard-contract" ref={heading} tabIndex={-1}>
        <ContractTitle number={number} />
      </h2>
      <Facts
        facts={[
          fact('version', t('wizard:contract.version'), String(version)),
          fact('issuedAt', t('wizard:contract.issued-at'), formatDateTime(issuedAt)),
          fact('size', t('wizard:contract.size'), formatFileSize(sizeBytes, locale)),
        ]}
      />
      <details className="wizard-fingerprint">
        <summary>{t('wizard:contract.sha256')}</summary>
        <p>{t('wizard:contract.sha256-help')}</p>
        <CopyableCode code={sha256} />
      </details>
      <div className="wizard-actions">
        <Button
          component="a"
          href={contractAddress(subscription.id, contract, 'attachment')}
          download
          leftSection={<IconDownload className="rnoce-icon" aria-hidden />}
        >
          {t('wizard:contract.download')}
        </Button>
        <Button
          variant="outline"
          leftSection={<IconEye className="rnoce-icon" aria-hidden />}
          onClick={() => setShown(true)}
        >
          {t('common:action.preview')}
        </Button>
      </div>
      {shown ? (
        <DocumentPreview
          title={title}
          url={contractAddress(subscription.id, contract, 'inline')}
          mediaType="application/pdf"
          onClose={() => setShown(false)}
        />
      ) : null}
    </section>
  );
}
