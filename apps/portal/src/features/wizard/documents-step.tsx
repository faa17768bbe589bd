import { Modal } from '@mantine/core';
import { stepOf } from '@rnoce/schemas/subscriptions';
import { issueResolver } from '@rnoce/ui';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { PdfViewer } from '@rnoce/ui/pdf-viewer';
import { Notice } from '@rnoce/ui/status-badge';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import '@rnoce/ui/app-styles';
import { type DocumentRow, documentRows } from './document-rows.ts';
import { DocumentSlot } from './document-slot.tsx';
import { documentAddress } from './document-traffic.ts';
import { nextStep } from './steps.ts';
import { useTarget } from './use-target.ts';
import { useWizard } from './wizard-context.ts';

/** « Documents »: a slot each. What is missing is judged like the fields of the other steps, so the summary leads to the slots. */
export function DocumentsStep() {
  const t = useT();
  const { subscription, draft, context, refusals, issues, goTo } = useWizard();
  const [shown, setShown] = useState<DocumentRow>();
  const wrong = issues.filter(({ pointer }) => stepOf(pointer) === 'documents');
  const form = useForm({ shouldFocusError: false, resolver: issueResolver(() => wrong) });
  const { trigger, formState } = form;
  const { isSubmitted } = formState;
  const rows = documentRows(context, draft.sections.company.entityType, subscription.documents, refusals);

  // What the summary says follows what was given since.
  const wrongNow = wrong.map(({ pointer, code }) => `${pointer} ${code}`).join();
  useEffect(() => {
    if (isSubmitted) void trigger();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the form is judged again when what is wrong changes
  }, [isSubmitted, trigger, wrongNow]);
  useTarget(trigger);

  return (
    <Form
      form={form}
      label={t('reference:step.documents')}
      onSubmit={() => goTo(nextStep(context, 'documents'))}
    >
      <p className="wizard-lead">{t('wizard:document.lead')}</p>
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
        <Modal
          opened
          onClose={() => setShown(undefined)}
          size="xl"
          title={t(`reference:document.${shown.document}`)}
          closeButtonProps={{ 'aria-label': t('common:action.close') }}
        >
          {shown.current.mediaType === 'application/pdf' ? (
            <PdfViewer
              url={documentAddress(subscription.id, shown.current, 'inline')}
              name={t(`reference:document.${shown.document}`)}
            />
          ) : (
            <img
              className="wizard-picture"
              src={documentAddress(subscription.id, shown.current, 'inline')}
              alt={t(`reference:document.${shown.document}`)}
            />
          )}
        </Modal>
      ) : null}
    </Form>
  );
}
