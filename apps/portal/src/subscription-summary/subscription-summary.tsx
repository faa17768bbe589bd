import { companyFields } from '@rnoce/schemas/company';
import type { FormContext } from '@rnoce/schemas/fields';
import { managerFields } from '@rnoce/schemas/managers';
import { shownFields } from '@rnoce/schemas/sections';
import type { Subscription } from '@rnoce/schemas/subscriptions';
import { useT } from '@rnoce/ui/i18n';
import { DocumentTable } from './document-table.tsx';
import { Facts, useFactsOf } from './facts.tsx';
import { SummaryGroup, SummarySection } from './summary-section.tsx';

/** Everything of a subscription by step, read-only. */
export function SubscriptionSummary({ subscription }: { subscription: Subscription }) {
  const t = useT();
  const factsOf = useFactsOf();
  const { sections, operatorType, authorities } = subscription;
  const context: FormContext = {
    operatorType,
    authorities,
    // Which fields belong doesn't depend on the day.
    today: '',
    has: () => true,
    ribCodes: () => [],
  };
  const company = sections.company ?? {};
  const managers = sections.managers ?? [];
  return (
    <>
      <SummarySection title={t('reference:step.company')}>
        <Facts facts={factsOf('company', shownFields(companyFields, context, company), company)} />
      </SummarySection>
      <SummarySection title={t('reference:step.managers')}>
        {managers.map((manager, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- the list doesn't change while it is shown
          <SummaryGroup key={index} title={t('portal:summary.manager', { number: index + 1 })}>
            <Facts facts={factsOf('manager', shownFields(managerFields, context, manager), manager)} />
          </SummaryGroup>
        ))}
        {managers.length === 0 ? <p className="portal-missing">{t('portal:summary.missing')}</p> : null}
      </SummarySection>
      <SummarySection title={t('reference:step.documents')}>
        <DocumentTable subscription={subscription} />
      </SummarySection>
    </>
  );
}
