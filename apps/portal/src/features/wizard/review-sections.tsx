import { companyFields } from '@rnoce/schemas/company';
import { documentRules } from '@rnoce/schemas/documents';
import { managerFields } from '@rnoce/schemas/managers';
import { shownFields } from '@rnoce/schemas/sections';
import type { Step } from '@rnoce/schemas/subscriptions';
import { useT } from '@rnoce/ui/i18n';
import { Notice, StatusBadge } from '@rnoce/ui/status-badge';
import { IconPencil } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { documentRows } from './document-rows.ts';
import { documentAddress } from './document-traffic.ts';
import { type CompanyGroup, companyGroups } from './field-groups.ts';
import { useFieldText } from './field-text.ts';
import { registryDifferences } from './registry-differences.ts';
import { useWizard } from './wizard-context.ts';

function Part({ step, children }: { step: Step; children: ReactNode }) {
  const t = useT();
  const id = useId();
  const { subscription } = useWizard();
  const label = t(`reference:step.${step}`);
  return (
    <section className="wizard-review" aria-labelledby={id}>
      <div className="wizard-review-head">
        <h2 id={id}>{label}</h2>
        <Link
          to={paths.step(subscription.id, step)}
          aria-label={t('common:action.edit-name', { name: label })}
          className="rnoce-no-print"
        >
          <IconPencil className="rnoce-icon" aria-hidden />
          {t('common:action.edit')}
        </Link>
      </div>
      {children}
    </section>
  );
}

/** What was refused of a field: whether it was corrected since. */
function RefusalMark({ element }: { element: string }) {
  const t = useT();
  const here = useWizard().refusals.filter((refusal) => refusal.element === element);
  if (here.length === 0) return null;
  return here.some(({ changed }) => !changed) ? (
    <StatusBadge tone="warning">{t('wizard:manager.refused')}</StatusBadge>
  ) : (
    <StatusBadge tone="success">{t('reference:reason.changed')}</StatusBadge>
  );
}

function Line({
  element,
  label,
  value,
  held,
}: {
  /** Path in the whole form. */
  element: string;
  label: string;
  value: ReactNode;
  held?: string | undefined;
}) {
  const t = useT();
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {value} <RefusalMark element={element} />
        {held === undefined ? null : (
          <span className="wizard-held">
            {t('wizard:review.badr')} <bdi>{held}</bdi>
          </span>
        )}
      </dd>
    </div>
  );
}

function CompanyPart() {
  const t = useT();
  const textOf = useFieldText();
  const { context, draft, subscription } = useWizard();
  const { company } = draft.sections;
  const shown = shownFields(companyFields, context, company);
  const differences = registryDifferences(context, company, subscription.registry.record?.company);
  return (
    <Part step="company">
      {differences.size > 0 ? (
        <div className="wizard-notice">
          <Notice tone="warning">
            <p>{t('wizard:review.differences', { count: differences.size })}</p>
          </Notice>
        </div>
      ) : null}
      {Object.entries(companyGroups).map(([group, fields]) => (
        <div key={group}>
          <h3>{t(`wizard:group.${group as CompanyGroup}`)}</h3>
          <dl className="wizard-lines">
            {fields
              .filter((field) => shown.includes(field))
              .map((field) => {
                const held = differences.get(field);
                return (
                  <Line
                    key={field}
                    element={`company.${field}`}
                    label={t(`reference:company.${field}`)}
                    value={<Value field={field} text={textOf('company', field, company[field])} />}
                    held={held === undefined ? undefined : textOf('company', field, held)}
                  />
                );
              })}
          </dl>
        </div>
      ))}
    </Part>
  );
}

/** Codes and numbers read from left to right in every language. */
const codes: readonly string[] = ['identifier', 'phone', 'date', 'email'];

function Value({ field, text }: { field: string; text: string }) {
  const t = useT();
  const rules: Readonly<Record<string, { kind: string }>> = { ...managerFields, ...companyFields };
  if (text === '') return <span className="wizard-empty">{t('wizard:review.empty')}</span>;
  const code = codes.includes(rules[field]?.kind ?? '');
  return <bdi className={code ? 'rnoce-code' : undefined}>{text}</bdi>;
}

function ManagersPart() {
  const t = useT();
  const textOf = useFieldText();
  const { draft, subscription } = useWizard();
  const { managers } = draft.sections;
  const held = subscription.registry.record?.managers ?? [];
  const unknown = held.filter(
    (person) => !managers.some(({ idNumber }) => idNumber && idNumber === person.idNumber),
  );
  return (
    <Part step="managers">
      {managers.length === 0 ? <p className="wizard-empty">{t('wizard:review.empty')}</p> : null}
      {managers.map((manager, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- two managers may be alike while they are typed
        <div key={index}>
          <h3>{t('wizard:manager.number', { number: index + 1 })}</h3>
          <dl className="wizard-lines">
            {(Object.keys(managerFields) as (keyof typeof managerFields)[]).map((field) => (
              <Line
                key={field}
                element={`managers.${index}.${field}`}
                label={t(`reference:manager.${field}`)}
                value={<Value field={field} text={textOf('manager', field, manager[field])} />}
              />
            ))}
          </dl>
        </div>
      ))}
      {unknown.length > 0 ? (
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
      ) : null}
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
              <>
                <a href={documentAddress(subscription.id, current, 'attachment')} download>
                  <bdi>{current.fileName}</bdi>
                </a>
                {said.some(({ changed }) => changed) ? (
                  <StatusBadge tone="success">{t('reference:reason.changed')}</StatusBadge>
                ) : null}
              </>
            ) : (
              <StatusBadge tone="warning">{t('wizard:document.missing')}</StatusBadge>
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** The whole form by step, each with « Modifier », and what BADR holds where it says something else. */
export function ReviewSections() {
  return (
    <>
      <CompanyPart />
      <ManagersPart />
      <DocumentsPart />
    </>
  );
}
