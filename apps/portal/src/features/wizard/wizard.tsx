import { saveCurrentStep } from '@rnoce/api-client/subscriptions';
import { authoritiesOpen } from '@rnoce/schemas/filings';
import { judgeForm, type Step, type Subscription, stepStates } from '@rnoce/schemas/subscriptions';
import { CopyableCode } from '@rnoce/ui/copyable-code';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { StatusBadge } from '@rnoce/ui/status-badge';
import { WizardShell, type WizardStep } from '@rnoce/ui/wizard-shell';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { DraftNotices } from '../../drafts/draft-notices.tsx';
import { saveStatusOf } from '../../drafts/save-status.ts';
import { countMissing } from '../../form-sections/count-missing.ts';
import { type FormFrame, FormFrameContext, type Lists } from '../../form-sections/form-frame.ts';
import { unchangedOf } from '../../form-sections/refusals.ts';
import { useRules } from '../../form-sections/use-rules.ts';
import { paths } from '../../paths.ts';
import { client } from '../../session/session.ts';
import { stepOfElement } from '../../subscription-summary/reasons.ts';
import { type DocumentDesk, DocumentDeskContext } from '../../uploads/document-desk.ts';
import { createUploadStore } from '../../uploads/upload-store.ts';
import { useUploadGuard } from '../../uploads/use-upload-guard.ts';
import { BankAccountStep } from './bank-account-step.tsx';
import { CompanyStep } from './company-step.tsx';
import { ContractStep } from './contract-step.tsx';
import { givenDocuments } from './document-rows.ts';
import { documentAddress, removeDocument, sendDocument } from './document-traffic.ts';
import { DocumentsStep } from './documents-step.tsx';
import { LegalRepresentativeStep } from './legal-representative-step.tsx';
import { ListStep } from './list-step.tsx';
import { ManagersStep } from './managers-step.tsx';
import { refusalsOf, refusalsOfOpen } from './reasons.ts';
import { RefusalsNotice, SentBackNotices } from './refusals.tsx';
import { RegistryAnswer } from './registry-notice.tsx';
import { ReviewStep } from './review-step.tsx';
import { refreshSubscription } from './server-draft.ts';
import { askedNow, asksDocuments, groupOpened, missingIn, previousStep } from './steps.ts';
import { useWizardDraft } from './use-wizard-draft.ts';
import { WizardContext, type Wizard as WizardValue } from './wizard-context.ts';
import './wizard.css';
import '../../form-sections/form.css';

const content = {
  company: CompanyStep,
  managers: ManagersStep,
  legalRepresentative: LegalRepresentativeStep,
  documents: DocumentsStep,
  singleWindowUsers: () => <ListStep section="singleWindowUsers" />,
  contacts: () => <ListStep section="contacts" />,
  bankAccount: BankAccountStep,
  contract: ContractStep,
  review: ReviewStep,
} as const satisfies Record<Step, () => ReactNode>;

const stepLink = (id: string) => (step: WizardStep, mark: ReactNode) => (
  <Link to={paths.step(id, step.id as Step)}>{mark}</Link>
);

/** Remembers on the server where the operator stopped; nothing depends on it but the place where they resume. */
function useRememberedStep({ id, currentStep }: Subscription, step: Step): void {
  const remembered = useRef(currentStep);
  useEffect(() => {
    if (remembered.current === step) return;
    remembered.current = step;
    saveCurrentStep(client, { params: { id }, body: { step } }).catch(() => {
      remembered.current = currentStep;
    });
  }, [id, currentStep, step]);
}

/** The wizard of one draft. Stays through its steps: saves, uploads and the other tabs' news go on from step to step. */
export function Wizard({
  subscription,
  lists,
  step,
}: {
  subscription: Subscription;
  lists: Lists;
  step: Step;
}) {
  const t = useT();
  const navigate = useNavigate();
  const location = useLocation();
  const { id } = subscription;
  const { operatorType, authorities } = subscription;
  const context = useRules(operatorType, authorities, lists);
  const { store, draft, otherTabs, documentsChanged } = useWizardDraft(subscription, context);
  const [uploads] = useState(() =>
    createUploadStore((document, file, options) => sendDocument(id, document, file, options)),
  );
  const body = useRef<HTMLDivElement>(null);
  useRememberedStep(subscription, step);
  useUploadGuard(uploads);

  const { filings } = subscription;
  const { issues } = useMemo(
    () =>
      judgeForm({
        context,
        sections: draft.sections,
        documents: givenDocuments(subscription),
        open: authoritiesOpen(filings),
      }),
    [context, draft.sections, subscription, filings],
  );
  const asked = askedNow(subscription);
  const refusals = useMemo(() => refusalsOf(filings), [filings]);
  const element = new URLSearchParams(location.search).get('element');
  const target = useMemo(
    () => (element === null ? undefined : { element, visit: location.key }),
    [element, location.key],
  );
  const goTo = (to: Step) => {
    void store.flush();
    void navigate(paths.step(id, to));
  };
  const wizard: WizardValue = { subscription, store, draft, context, asked, refusals, issues, goTo };
  const latest = useCallback(() => store.snapshot().sections, [store]);
  const frame: FormFrame = {
    context,
    lists,
    sections: draft.sections,
    latest,
    revisions: draft.revisions,
    change: store.change,
    flush: store.flush,
    refusals,
    target,
    managersPath: paths.step(id, 'managers'),
  };
  const desk: DocumentDesk = {
    uploads,
    changed: documentsChanged,
    addressOf: (version, disposition) => documentAddress(id, version, disposition),
    remove: (document) => removeDocument(id, document),
  };

  const pending = unchangedOf(refusalsOfOpen(refusals, asked));
  const panel = stepStates(asked, issues, step).map(({ step: one, state }): WizardStep => {
    const group = groupOpened(asked, one);
    return {
      id: one,
      label: t(`reference:step.${one}`),
      missing: missingIn(one, issues),
      asksDocuments: asksDocuments(one),
      state:
        state !== 'current' && pending.some((refusal) => stepOfElement(refusal.element) === one)
          ? 'attention'
          : state,
      group: group && t(`wizard:panel.${group}`),
    };
  });
  const missingHere = step === 'review' ? countMissing(issues) : missingIn(step, issues);
  const submit = () => body.current?.querySelector<HTMLFormElement>('form')?.requestSubmit();
  const before = previousStep(asked, step);
  const rectifying = filings.some(({ status }) => status === 'incomplete');
  const name = t(
    `wizard:title.${subscription.authorities.length > 1 ? 'both' : (context.authorities[0] ?? 'customs')}`,
  );
  const Content = content[step];

  return (
    <WizardContext value={wizard}>
      <WizardShell
        steps={panel}
        link={stepLink(id)}
        saveStatus={saveStatusOf(draft, store)}
        onPrevious={before ? () => goTo(before) : undefined}
        next={{
          label: step === 'review' ? t('wizard:review.submit') : undefined,
          missing: missingHere,
          asksDocuments: asksDocuments(step),
          onNext: submit,
          onMissing: submit,
        }}
      >
        <header className="wizard-head">
          <PageTitle key={step} title={`${t(`reference:step.${step}`)} · ${name}`}>
            <span className="wizard-eyebrow">{name}</span>
            {t(`reference:step.${step}`)}
          </PageTitle>
          <div className="wizard-mark">
            <StatusBadge tone={rectifying ? 'warning' : 'draft'}>
              {t(rectifying ? 'reference:filing-status.incomplete' : 'reference:filing-status.draft')}
            </StatusBadge>
            <span>{t(rectifying ? 'wizard:not-resent' : 'wizard:not-sent')}</span>
            <CopyableCode code={subscription.code} />
          </div>
        </header>
        <DraftNotices
          draft={draft}
          store={store}
          otherTabs={otherTabs}
          nameOf={(section) => t(`reference:section.${section}`)}
          onClosed={() => void refreshSubscription(id)}
        />
        <RegistryAnswer />
        <RefusalsNotice />
        <SentBackNotices />
        <FormFrameContext value={frame}>
          <DocumentDeskContext value={desk}>
            <div ref={body}>
              <Content key={step} />
            </div>
          </DocumentDeskContext>
        </FormFrameContext>
      </WizardShell>
    </WizardContext>
  );
}
