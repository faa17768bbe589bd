import type { FormContext } from '@rnoce/schemas/fields';
import { sectionsOf } from '@rnoce/schemas/sections';
import type { Subscription } from '@rnoce/schemas/subscriptions';
import { useT } from '@rnoce/ui/i18n';
import { DocumentTable } from './document-table.tsx';
import { SectionFacts } from './section-facts.tsx';
import { SummarySection } from './summary-section.tsx';

/** Everything of a subscription by step, read-only. */
export function SubscriptionSummary({ subscription }: { subscription: Subscription }) {
  const t = useT();
  const { sections, operatorType, authorities } = subscription;
  const context: FormContext = {
    operatorType,
    authorities,
    // Which fields belong doesn't depend on the day.
    today: '',
    has: () => true,
    ribCodes: () => [],
  };
  return (
    <>
      {sectionsOf(context).map((section) => (
        <SummarySection key={section} title={t(`reference:step.${section}`)}>
          <SectionFacts section={section} context={context} sections={sections} />
        </SummarySection>
      ))}
      <SummarySection title={t('reference:step.documents')}>
        <DocumentTable subscription={subscription} />
      </SummarySection>
    </>
  );
}
