import { judgeRequest, type RecordChange, recordChanges } from '@rnoce/schemas/customs-request-rules';
import type { CustomsAccount, CustomsRequest } from '@rnoce/schemas/customs-requests';
import { authorities } from '@rnoce/schemas/operator-types';
import { CopyableCode } from '@rnoce/ui/copyable-code';
import { FormFoot } from '@rnoce/ui/form-foot';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { StatusBadge } from '@rnoce/ui/status-badge';
import { useEffect, useMemo, useRef, useState } from 'react';
import { FormProvider } from 'react-hook-form';
import { DraftNotices } from '../../drafts/draft-notices.tsx';
import { saveStatusOf } from '../../drafts/save-status.ts';
import type { Lists } from '../../form-sections/form-frame.ts';
import { useRules } from '../../form-sections/use-rules.ts';
import { paths } from '../../paths.ts';
import { BackButton } from '../../screens/back-button.tsx';
import { type DocumentDesk, DocumentDeskContext, mustReplace } from '../../uploads/document-desk.ts';
import { createUploadStore } from '../../uploads/upload-store.ts';
import { useUploadGuard } from '../../uploads/use-upload-guard.ts';
import { DeleteRequest } from './delete-request.tsx';
import { DetailFields } from './detail-fields.tsx';
import { EarlierRejection } from './earlier-rejection.tsx';
import { MissingItems } from './missing-items.tsx';
import { RegistryChanged } from './registry-changed.tsx';
import { RequestDocuments } from './request-documents.tsx';
import { updatedOf } from './request-parts.ts';
import {
  refreshRequest,
  removeRequestDocument,
  requestDocumentAddress,
  requestDocumentBy,
} from './request-traffic.ts';
import { SendDialog } from './send-dialog.tsx';
import { UpdateSections } from './update-sections.tsx';
import { useDetailsForm } from './use-details-form.ts';
import { useRequestDraft } from './use-request-draft.ts';

/** What decides which documents are asked stands above them, and the free text below, as in the guide. */
const choices = ['ground', 'evidence', 'tradeRegisterDate'];
const texts = ['comment', 'motive'];

const customs = authorities.filter((authority) => authority === 'customs');

/** The form of an operation on the customs account, on one page, with its draft saved as it is typed. */
export function OperationForm({
  request,
  account,
  lists,
}: {
  request: CustomsRequest;
  account: CustomsAccount;
  lists: Lists;
}) {
  const t = useT();
  const { id, type } = request;
  const context = useRules(request.operatorType, customs, lists);
  const { store, draft, otherTabs, documentsChanged } = useRequestDraft(request, context);
  const [uploads] = useState(() => createUploadStore(requestDocumentBy(id)));
  const [judged, setJudged] = useState(0);
  const [sending, setSending] = useState(false);
  /** What customs changed while the form was filled in, and how often that was met. */
  const [drift, setDrift] = useState<{ readonly times: number; readonly changes: readonly RecordChange[] }>();
  const missingBox = useRef<HTMLDivElement>(null);
  const details = useDetailsForm(type, context, { store, draft, judged });
  useUploadGuard(uploads);

  const { sections } = draft;
  const before = useMemo(() => updatedOf(request.before), [request.before]);
  const form = useMemo(
    () => ({
      type,
      context,
      details: sections.details,
      before,
      sections: { company: sections.company, managers: sections.managers },
      documents: request.documents.flatMap(({ document, current }) =>
        current ? [{ document, mustReplace: mustReplace(current) }] : [],
      ),
    }),
    [type, context, sections, before, request.documents],
  );
  const { issues } = useMemo(() => judgeRequest(form), [form]);
  const changes = useMemo(
    () => (type === 'update' ? recordChanges(before, form.sections, context) : []),
    [type, before, form.sections, context],
  );
  const desk: DocumentDesk = {
    uploads,
    changed: documentsChanged,
    addressOf: (version, disposition) => requestDocumentAddress(id, version, disposition),
    remove: async (document) => {
      const current = request.documents.find((one) => one.document === document)?.current;
      return current ? await removeRequestDocument(id, current) : async () => {};
    },
  };

  // The summary stands there once the form was judged: who pressed the button goes on from it.
  useEffect(() => {
    if (judged > 0) missingBox.current?.focus();
  }, [judged]);

  function ask(): void {
    void store.flush();
    if (issues.length > 0) setJudged((times) => times + 1);
    else setSending(true);
  }

  const nothing = issues.some(({ code }) => code === 'nothing_changed');
  const count = issues.length - (nothing ? 1 : 0);
  const blockedBy = nothing
    ? t('operations:update.nothing')
    : count > 0
      ? t('common:wizard.missing', { count })
      : undefined;
  const title = t(`operations:form.${type}.title`);

  const papers = (
    <section className="wizard-group" aria-labelledby="operation-papers">
      <h2 id="operation-papers">{t(`operations:form.${type}.papers`)}</h2>
      <FormProvider {...details}>
        <DetailFields type={type} context={context} names={choices} flush={store.flush} />
        <RequestDocuments form={form} documents={request.documents} judged={judged > 0} />
        <DetailFields type={type} context={context} names={texts} flush={store.flush} />
      </FormProvider>
    </section>
  );

  return (
    <div className="operation" data-type={type}>
      <header className="operation-head">
        <PageTitle title={title} />
        <div className="operation-mark">
          <StatusBadge tone="draft">{t('reference:operation-status.draft')}</StatusBadge>
          <span>{t('operations:form.not-sent')}</span>
          <CopyableCode code={request.reference} />
          <DeleteRequest id={id} type={type} />
        </div>
        <p className="operation-lead">{t(`operations:form.${type}.lead`)}</p>
      </header>
      <DraftNotices
        draft={draft}
        store={store}
        otherTabs={otherTabs}
        nameOf={(part) => t(part === 'details' ? 'operations:form.details' : `reference:section.${part}`)}
        onClosed={() => void refreshRequest(id)}
      />
      <EarlierRejection account={account} request={request} />
      {drift ? <RegistryChanged key={drift.times} drift={drift.changes} /> : null}
      {judged > 0 && issues.length > 0 ? <MissingItems issues={issues} box={missingBox} /> : null}
      <DocumentDeskContext value={desk}>
        <form
          noValidate
          aria-label={title}
          onSubmit={(event) => {
            event.preventDefault();
            ask();
          }}
        >
          {type === 'update' ? (
            <UpdateSections
              request={request}
              lists={lists}
              context={context}
              draft={draft}
              store={store}
              before={before}
              changes={changes}
              judged={judged}
            >
              {papers}
            </UpdateSections>
          ) : (
            papers
          )}
          <button type="submit" hidden aria-label={t(`operations:send.${type}`)} />
        </form>
      </DocumentDeskContext>
      <FormFoot
        saveStatus={saveStatusOf(draft, store)}
        start={<BackButton to={paths.subscriptions}>{t('portal:tabs.requests')}</BackButton>}
        next={{ label: t(`operations:send.${type}`), blockedBy, onPress: ask }}
      />
      {sending ? (
        <SendDialog
          request={request}
          account={account}
          changes={changes}
          store={store}
          onClose={() => setSending(false)}
          onRefused={() => {
            setSending(false);
            setJudged((times) => times + 1);
          }}
          onRegistryChanged={(fresh) => {
            setSending(false);
            setDrift({
              times: (drift?.times ?? 0) + 1,
              changes: recordChanges(before, updatedOf(fresh.before), context),
            });
          }}
        />
      ) : null}
    </div>
  );
}
