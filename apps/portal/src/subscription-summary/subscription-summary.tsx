import { companyFields } from '@rnoce/schemas/company';
import type { FieldRule, FormContext } from '@rnoce/schemas/fields';
import { managerFields } from '@rnoce/schemas/managers';
import { shownFields } from '@rnoce/schemas/sections';
import type { Step, Subscription } from '@rnoce/schemas/subscriptions';
import { useFindMessage, useT } from '@rnoce/ui/i18n';
import type { ReactNode } from 'react';
import { DocumentTable } from './document-table.tsx';
import { type Fact, Facts, useFactText } from './facts.tsx';
import './subscription-summary.css';

type Fields = Readonly<Record<string, FieldRule>>;

/**
 * Everything of a subscription by step, read-only: on its own page once it is sent, and for a review before. `edit` makes what stands
 * beside a step's heading, « Modifier » say.
 */
export function SubscriptionSummary({
  subscription,
  edit,
}: {
  subscription: Subscription;
  edit?: (step: Step) => ReactNode;
}) {
  const t = useT();
  const find = useFindMessage();
  const textOf = useFactText();
  const { sections, operatorType, authorities } = subscription;
  const context: FormContext = {
    operatorType,
    authorities,
    // Which fields belong doesn't depend on the day.
    today: '',
    has: () => true,
  };

  const factsOf = (
    kind: 'company' | 'manager',
    fields: Fields,
    values: Readonly<Record<string, unknown>>,
  ): Fact[] =>
    shownFields(fields, context, values).map((name) => ({
      id: name,
      label: find(`reference:${kind}.${name}`) ?? name,
      value: textOf(
        name,
        fields[name] ?? { kind: 'text', required: false, schema: neverJudged },
        values[name],
      ),
    }));

  return (
    <>
      <SummarySection title={t('reference:step.company')} tools={edit?.('company')}>
        <Facts facts={factsOf('company', companyFields, sections.company ?? {})} />
      </SummarySection>
      <SummarySection title={t('reference:step.managers')} tools={edit?.('managers')}>
        {(sections.managers ?? []).map((manager, index) => (
          <section
            // oxlint-disable-next-line react/no-array-index-key -- the list doesn't change while it is shown
            key={index}
            className="portal-summary-person"
            aria-labelledby={`summary-manager-${index}`}
          >
            <h3 id={`summary-manager-${index}`}>{t('portal:summary.manager', { number: index + 1 })}</h3>
            <Facts facts={factsOf('manager', managerFields, manager)} />
          </section>
        ))}
        {(sections.managers ?? []).length === 0 ? (
          <p className="portal-missing">{t('portal:summary.missing')}</p>
        ) : null}
      </SummarySection>
      <SummarySection title={t('reference:step.documents')} tools={edit?.('documents')}>
        <DocumentTable subscription={subscription} />
      </SummarySection>
    </>
  );
}

/** A summary shows values; it judges none. */
const neverJudged: FieldRule['schema'] = () => {
  throw new Error('A summary has no schema of its own.');
};

export function SummarySection({
  title,
  tools,
  children,
}: {
  title: string;
  tools?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="rnoce-card portal-summary-section">
      <div className="portal-summary-head">
        <h2>{title}</h2>
        {tools}
      </div>
      {children}
    </section>
  );
}
