import { companyFields } from '@rnoce/schemas/company';
import { documentRules } from '@rnoce/schemas/documents';
import { Section, shownFields } from '@rnoce/schemas/sections';
import { type Step, stepOf, stepsOf } from '@rnoce/schemas/subscriptions';
import { SignatureResult } from '@rnoce/shell/signature-result';
import { useT } from '@rnoce/ui/i18n';
import { Notice, StatusBadge } from '@rnoce/ui/status-badge';
import { IconPencil } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { groupsOf } from '../../form-sections/field-groups.ts';
import { paths } from '../../paths.ts';
import { Facts, useFactsOf, useFactText } from '../../subscription-summary/facts.tsx';
import { SectionFacts } from '../../subscription-summary/section-facts.tsx';
import { SummaryGroup, SummarySection } from '../../subscription-summary/summary-section.tsx';
import { ContractTitle } from './contract-title.tsx';
import { documentRows } from './document-rows.ts';
import { documentAddress } from './document-traffic.ts';
import { registryDifferences } from './registry-differences.ts';
import { RefusalMark, useNoteAt } from './review-notes.tsx';
import { useWizard } from './wizard-context.ts';

function Part({ step, children }: { step: Step; children: ReactNode }) {
  const t = useT();
  const { subscription } = useWizard();
  const label = t(`reference:step.${step}`);
  return (
    <SummarySection
      title={label}
      tools={
        <Link
          to={paths.step(subscription.id, step)}
          aria-label={t('common:action.edit-name', { name: label })}
          className="rnoce-no-print"
        >
          <IconPencil className="rnoce-icon" aria-hidden />
          {t('common:action.edit')}
        </Link>
      }
    >
      {children}
    </SummarySection>
  );
}

/** « Informations sur la société », with what BADR holds where it says something else. */
function CompanyPart() {
  const t = useT();
  const textOf = useFactText();
  const factsOf = useFactsOf();
  const noteAt = useNoteAt();
  const { context, draft, subscription } = useWizard();
  const { company } = draft.sections;
  const shown = shownFields(companyFields, context, company);
  const differences: ReadonlyMap<string, string> = registryDifferences(
    context,
    company,
    subscription.registry.record?.company,
  );
  const noteOf = (field: string): ReactNode => (
    <>
      {noteAt(`company.${field}`)}
      {differences.has(field) ? (
        <span className="wizard-held">
          {t('wizard:review.badr')} {textOf('company', field, differences.get(field))}
        </span>
      ) : null}
    </>
  );
  return (
    <Part step="company">
      {differences.size > 0 ? (
        <div className="wizard-notice">
          <Notice tone="warning">
            <p>{t('wizard:review.differences', { count: differences.size })}</p>
          </Notice>
        </div>
      ) : null}
      {groupsOf('company').map(([group, fields]) => (
        <SummaryGroup key={group} title={t(`wizard:group.${group}`)}>
          <Facts
            facts={factsOf(
              'company',
              fields.filter((field) => shown.includes(field)),
              company,
              noteOf,
            )}
          />
        </SummaryGroup>
      ))}
    </Part>
  );
}

/** Managers that BADR holds and the form hasn't. */
function OtherManagers() {
  const t = useT();
  const { draft, subscription } = useWizard();
  const held = subscription.registry.record?.managers ?? [];
  const unknown = held.filter(
    (person) => !draft.sections.managers.some(({ idNumber }) => idNumber && idNumber === person.idNumber),
  );
  if (unknown.length === 0) return null;
  return (
    <Notice tone="warning">
      <p>{t('wizard:review.other-managers')}</p>
      <ul className="wizard-list">
        {unknown.map(({ firstName, lastName, idNumber }) => (
          <li key={`${idNumber ?? ''} ${lastName ?? ''}`}>
            <bdi>
              {firstName} {lastName}
            </bdi>{' '}
            <bdi className="rnoce-code">{idNumber}</bdi>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function SectionPart({ section }: { section: Section }) {
  const noteAt = useNoteAt();
  const { context, draft } = useWizard();
  return (
    <Part step={section}>
      <SectionFacts section={section} context={context} sections={draft.sections} noteOf={noteAt} />
      {section === 'managers' ? <OtherManagers /> : null}
    </Part>
  );
}

function DocumentsPart() {
  const t = useT();
  const { context, draft, subscription, refusals } = useWizard();
  const rows = documentRows(
    context,
    draft.sections.company.entityType,
    subscription.documents,
    refusals,
  ).filter(({ current, document }) => current !== undefined || documentRules[document].required);
  return (
    <Part step="documents">
      <ul className="wizard-documents">
        {rows.map(({ document, current, belongs, mustReplace, refusals: said }) => (
          <li key={document}>
            <span>{t(`reference:document.${document}`)}</span>
            {!belongs ? (
              <StatusBadge tone="warning">{t('wizard:document.to-remove')}</StatusBadge>
            ) : mustReplace ? (
              <StatusBadge tone="danger">{t('wizard:document.refused')}</StatusBadge>
            ) : current ? (
              <span className="wizard-document-given">
                <a href={documentAddress(subscription.id, current, 'attachment')} download>
                  <bdi>{current.fileName}</bdi>
                </a>
                {said.some(({ changed }) => changed) ? (
                  <StatusBadge tone="success">{t('reference:reason.changed')}</StatusBadge>
                ) : null}
              </span>
            ) : (
              <StatusBadge tone="warning">{t('wizard:document.missing')}</StatusBadge>
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** The contract, and what came back of it signed. */
function ContractPart() {
  const t = useT();
  const { subscription, issues } = useWizard();
  const { contract } = subscription;
  const isMissing = issues.some(({ pointer }) => stepOf(pointer) === 'contract');
  return (
    <Part step="contract">
      <RefusalMark element="documents.contract" />
      {contract?.signed && !isMissing ? (
        <>
          <p>
            <a href={documentAddress(subscription.id, contract.signed.file, 'attachment')} download>
              <bdi>{contract.signed.file.fileName}</bdi>
            </a>
            {' · '}
            <ContractTitle number={contract.number} />
          </p>
          <SignatureResult signed={contract.signed} />
        </>
      ) : (
        <StatusBadge tone="warning">
          {t(contract?.state === 'void' ? 'wizard:contract.void.title' : 'wizard:document.missing')}
        </StatusBadge>
      )}
    </Part>
  );
}

/** What each step that isn't only a section of the form says at the review; the review says nothing of itself. */
const parts: Partial<Record<Step, () => ReactNode>> = {
  company: CompanyPart,
  documents: DocumentsPart,
  contract: ContractPart,
};

/** The whole form by step, each with « Modifier », and what BADR holds where it says something else. */
export function ReviewSections() {
  const { asked } = useWizard();
  return stepsOf(asked).map((step) => {
    const Own = parts[step];
    if (Own) return <Own key={step} />;
    const section = Section.safeParse(step).data;
    return section ? <SectionPart key={step} section={section} /> : null;
  });
}
