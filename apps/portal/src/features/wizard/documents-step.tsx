import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { useState } from 'react';
import type { DocumentRow } from '../../uploads/document-desk.ts';
import { DocumentPreview } from '../../uploads/document-preview.tsx';
import { DocumentSlot } from '../../uploads/document-slot.tsx';
import { documentRows } from './document-rows.ts';
import { documentAddress } from './document-traffic.ts';
import { nextStep } from './steps.ts';
import { useStepForm } from './use-step-form.ts';
import { useWizard } from './wizard-context.ts';

/** « Documents »: a slot each. What is missing is judged like the fields of the other steps, so the summary leads to the slots. */
export function DocumentsStep() {
  const t = useT();
  const { subscription, draft, context, asked, refusals, goTo } = useWizard();
  const [shown, setShown] = useState<DocumentRow>();
  const form = useStepForm('documents');
  const rows = documentRows(context, draft.sections.company.entityType, subscription.documents, refusals);

  return (
    <Form
      form={form}
      label={t('reference:step.documents')}
      onSubmit={() => goTo(nextStep(asked, 'documents'))}
    >
      <p className="wizard-lead">
        {t('wizard:document.lead')}
        {subscription.authorities.includes('customs') ? null : <> {t('wizard:copied.documents')}</>}
      </p>
      {rows.some(({ belongs }) => !belongs) ? (
        <div className="wizard-notice">
          <Notice tone="warning">
            <p>{t('wizard:document.not-asked')}</p>
          </Notice>
        </div>
      ) : null}
      <h2 className="rnoce-visually-hidden">{t('wizard:document.heading')}</h2>
      <div className="rnoce-upload-grid">
        {rows.map((row) => (
          <DocumentSlot key={row.document} row={row} onPreview={() => setShown(row)} />
        ))}
      </div>
      {shown?.current ? (
        <DocumentPreview
          title={t(`reference:document.${shown.document}`)}
          url={documentAddress(subscription.id, shown.current, 'inline')}
          mediaType={shown.current.mediaType}
          onClose={() => setShown(undefined)}
        />
      ) : null}
    </Form>
  );
}
