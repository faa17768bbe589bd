import { saveCurrentStep } from '@rnoce/api-client/subscriptions';
import { casablancaDate } from '@rnoce/schemas/casablanca-time';
import type { FormContext } from '@rnoce/schemas/fields';
import { authoritiesOpen } from '@rnoce/schemas/filings';
import { judgeForm, type Step, type Subscription, stepStates } from '@rnoce/schemas/subscriptions';
import { CopyableCode } from '@rnoce/ui/copyable-code';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import type { SaveStatus } from '@rnoce/ui/save-state';
import { StatusBadge } from '@rnoce/ui/status-badge';
import { WizardShell, type WizardStep } from '@rnoce/ui/wizard-shell';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { paths } from '../../paths.ts';
import { client } from '../../session/session.ts';
import { stepOfElement } from '../../subscription-summary/reasons.ts';
import { BankAccountStep } from './bank-account-step.tsx';
import { CompanyStep } from './company-step.tsx';
import { ContractStep } from './contract-step.tsx';
import { givenDocuments } from './document-rows.ts';
import { sendDocument } from './document-traffic.ts';
import { DocumentsStep } from './documents-step.tsx';
import { DraftNotices } from './draft-notices.tsx';
import type { DraftSnapshot, DraftStore } from './draft-store.ts';
import { LegalRepresentativeStep } from './legal-representative-step.tsx';
import { ListStep } from './list-step.tsx';
import { ManagersStep } from './managers-step.tsx';
import { refusalsOf, unchangedOf } from './reasons.ts';
import { RefusalsNotice } from './refusals.tsx';
import { ReviewStep } from './review-step.tsx';
import { askedNow, countMissing, groupOpened, previousStep } from './steps.ts';
import { createUploadStore } from './upload-store.ts';
import { useWizardDraft } from './use-wizard-draft.ts';
import { type Lists, WizardContext, type Wizard as WizardValue } from './wizard-context.ts';
import './wizard.css';

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

const saveStatusOf = ({ status, savedAt }: DraftSnapshot, store: DraftStore): SaveStatus => {
  switch (status) {
    case 'idle':
    case 'saved':
      return { kind: 'saved', savedAt };
    case 'saving':
      return { kind: 'saving' };
    case 'unsaved':
    case 'conflict':
    case 'signed_out':
      return { kind: 'unsaved' };
    case 'offline':
      return { kind: 'offline' };
    case 'unavailable':
    case 'refused':
      return { kind: 'error', onRetry: store.retry };
    case 'closed':
      return { kind: 'idle' };
  }
};

const stepLink = (id: string) => (step: WizardStep, mark: ReactNode) => (
  <Link to={paths.step(id, step.id as Step)}>{mark}</Link>
);

/** What the rules of this form depend on, the reference lists as sets. */
function useFormContext({ operatorType, authorities }: Subscription, lists: Lists): FormContext {
  const [today] = useState(() => casablancaDate(new Date()));
  return useMemo(() => {
    const codes = new Map(
      Object.entries(lists).map(([list, entries]) => [list, new Set(entries.map(({ code }) => code))]),
    );
    const ribCodes = new Map((lists.banks ?? []).map((bank) => [bank.code, bank.ribCodes ?? []]));
    return {
      operatorType,
      authorities,
      today,
      has: (list, code) => codes.get(list)?.has(code) ?? true,
      ribCodes: (bank) => ribCodes.get(bank) ?? [],
    };
  }, [operatorType, authorities, lists, today]);
}

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

/** Asks before the page is closed while a file is on its way: what is typed is safe, a file isn't. */
function useUploadGuard(uploads: WizardValue['uploads']): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (Object.values(uploads.snapshot()).some(({ kind }) => kind !== 'failed')) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [uploads]);
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
  const context = useFormContext(subscription, lists);
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
  const wizard: WizardValue = {
    subscription,
    store,
    draft,
    uploads,
    documentsChanged,
    context,
    asked,
    lists,
    refusals,
    issues,
    target,
    goTo,
  };

  const pending = unchangedOf(refusals);
  const panel = stepStates(asked, issues, step).map(({ step: one, state }): WizardStep => {
    const group = groupOpened(asked, one);
    return {
      id: one,
      label: t(`reference:step.${one}`),
      missing: countMissing(one, issues),
      state:
        state !== 'current' && pending.some((refusal) => stepOfElement(refusal.element) === one)
          ? 'attention'
          : state,
      group: group && t(`wizard:panel.${group}`),
    };
  });
  const missingHere = step === 'review' ? issues.length : countMissing(step, issues);
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
            <StatusBadge tone={rectifying ? 'warning' : 'neutral'}>
              {t(rectifying ? 'reference:filing-status.incomplete' : 'reference:filing-status.draft')}
            </StatusBadge>
            <span>{t(rectifying ? 'wizard:not-resent' : 'wizard:not-sent')}</span>
            <CopyableCode code={subscription.code} />
          </div>
        </header>
        <DraftNotices otherTabs={otherTabs} />
        <RefusalsNotice />
        <div ref={body}>
          <Content key={step} />
        </div>
      </WizardShell>
    </WizardContext>
  );
}
