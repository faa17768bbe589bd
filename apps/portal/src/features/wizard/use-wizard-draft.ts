import type { FormContext } from '@rnoce/schemas/fields';
import { type SectionsDraft, sections } from '@rnoce/schemas/sections';
import type { SavedSection, Subscription } from '@rnoce/schemas/subscriptions';
import { useMemo } from 'react';
import { useDraft } from '../../drafts/use-draft.ts';
import { canonical, mergeSections, type Sections } from '../../form-sections/section-values.ts';
import {
  cachedSubscription,
  cacheSave,
  readDraft,
  refreshSubscription,
  saveSection,
  serverDraft,
} from './server-draft.ts';

const identifierFields = ['ice', 'taxId', 'rcNumber', 'rcCentre'] as const;

/** Whether a saved company has other identifiers than those that BADR was asked with: the server asks it again. */
const asksRegistryAgain = ({ identifiers }: Subscription, company: SectionsDraft['company']): boolean =>
  identifierFields.some((field) => company[field] !== identifiers[field]);

/** What an agent refused, and what a contract was made of: the server tells whether it has changed since. */
const isCompared = ({ filings, contract }: Subscription): boolean =>
  contract !== null || filings.some(({ status }) => status === 'incomplete');

/** The draft of a subscription for as long as its screen is there. */
export function useWizardDraft(subscription: Subscription, context: FormContext) {
  const { id } = subscription;
  const server = useMemo(() => serverDraft(subscription), [subscription]);
  return useDraft<Sections>(
    id,
    server,
    () => ({
      parts: sections,
      save: async (section, data, version) => {
        const answer = await saveSection(id, section, data, version);
        cacheSave(id, section, data, answer);
        return answer satisfies SavedSection;
      },
      read: () => readDraft(id),
      canonical: (section, data) => canonical(section, context, data),
      merge: (section, versions) => mergeSections(section, context, versions),
      onSaved: (section, data) => {
        if (section === 'company' && asksRegistryAgain(subscription, data as SectionsDraft['company'])) {
          void refreshSubscription(id);
        } else if (isCompared(cachedSubscription(id) ?? subscription)) void refreshSubscription(id);
      },
    }),
    () => refreshSubscription(id),
  );
}
