import { getDocument, isPlainDocument } from '@rnoce/schemas/documents';
import type { FormContext } from '@rnoce/schemas/fields';
import type { Section } from '@rnoce/schemas/sections';
import { type Step, type Subscription, stepRules, stepsOf } from '@rnoce/schemas/subscriptions';
import { useT } from '@rnoce/ui/i18n';
import type { ReactNode } from 'react';
import { client } from '../session/session.ts';
import { ContractSummary } from './contract-summary.tsx';
import { DocumentTable } from './document-table.tsx';
import { SectionFacts } from './section-facts.tsx';
import { SummarySection } from './summary-section.tsx';

/** The section that a step asks, if it asks one. */
const sectionOf = (step: Step): Section | undefined => {
  const rule = stepRules[step];
  return 'section' in rule ? rule.section : undefined;
};

/** Everything of a subscription by step, read-only. */
export function SubscriptionSummary({ subscription }: { subscription: Subscription }) {
  const t = useT();
  const { id, sections, documents, operatorType, authorities, contract } = subscription;
  const context: FormContext = {
    operatorType,
    authorities,
    // Which fields belong doesn't depend on the day.
    today: '',
    has: () => true,
    ribCodes: () => [],
  };
  const contentOf = (step: Step): ReactNode => {
    const section = sectionOf(step);
    if (section) return <SectionFacts section={section} context={context} sections={sections} />;
    if (step === 'documents') {
      return (
        <DocumentTable
          documents={documents.filter(
            ({ document, current, required }) => isPlainDocument(document) && (current !== null || required),
          )}
          addressOf={(document) =>
            client.url(getDocument, { params: { id, document }, query: { disposition: 'attachment' } })
          }
        />
      );
    }
    return step === 'contract' ? <ContractSummary id={id} contract={contract} /> : null;
  };
  return stepsOf(context)
    .filter((step) => step !== 'review')
    .map((step) => (
      <SummarySection key={step} title={t(`reference:step.${step}`)}>
        {contentOf(step)}
      </SummarySection>
    ));
}
