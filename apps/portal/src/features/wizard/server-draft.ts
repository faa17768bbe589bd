/** The draft's traffic with the API, and the cache of the screens that it keeps true. */
import {
  saveBankAccount,
  saveCompany,
  saveContacts,
  saveLegalRepresentative,
  saveManagers,
  saveSingleWindowUsers,
} from '@rnoce/api-client/subscriptions';
import type { SubscriptionId } from '@rnoce/schemas/primitives';
import type { Section, SectionsDraft } from '@rnoce/schemas/sections';
import type { SavedSection, Subscription } from '@rnoce/schemas/subscriptions';
import { queryClient } from '@rnoce/shell/query-client';
import { subscriptionQuery } from '../../api/queries.ts';
import type { ServerDraft } from '../../drafts/draft-store.ts';
import { completeSections, type Sections } from '../../form-sections/section-values.ts';
import { client } from '../../session/session.ts';

/** Browsers let bodies of 64 KiB outlive their page; a longer draft is saved without that. */
const outlivingBytes = 60_000;

/** What the server holds, with the type that the verification step fixed, which its form shows. */
export const serverDraft = ({
  version,
  savedAt,
  sections,
  operatorType,
}: Pick<Subscription, 'version' | 'savedAt' | 'sections' | 'operatorType'>): ServerDraft<Sections> => ({
  version,
  savedAt,
  sections: completeSections({ ...sections, company: { ...sections.company, operatorType } }),
});

const saves = {
  company: saveCompany,
  managers: saveManagers,
  legalRepresentative: saveLegalRepresentative,
  singleWindowUsers: saveSingleWindowUsers,
  contacts: saveContacts,
  bankAccount: saveBankAccount,
} as const satisfies Record<Section, unknown>;

/** Saves a section, and goes on if the page is left meanwhile. Throws `ApiError`. */
export async function saveSection(
  id: SubscriptionId,
  section: Section,
  data: SectionsDraft[Section],
  version: number,
): Promise<SavedSection> {
  const keepalive = new Blob([JSON.stringify(data)]).size < outlivingBytes;
  const call = { params: { id }, version, keepalive };
  const { data: saved } = await saves[section](client, { ...call, body: data as never });
  return saved;
}

/** Asks the server what it holds now. Throws `ApiError`. */
export async function readDraft(id: SubscriptionId): Promise<ServerDraft<Sections>> {
  return serverDraft(await queryClient.fetchQuery({ ...subscriptionQuery(id), staleTime: 0 }));
}

/** Puts a save into the cache, so that coming back to the screen shows it at once. */
export function cacheSave(
  id: SubscriptionId,
  section: Section,
  data: SectionsDraft[Section],
  saved: SavedSection,
): void {
  const { queryKey } = subscriptionQuery(id);
  const cached = queryClient.getQueryData(queryKey);
  if (!cached || cached.version > saved.version) return;
  queryClient.setQueryData(queryKey, {
    ...cached,
    ...saved,
    sections: { ...cached.sections, [section]: data },
  });
}

/** The subscription as it was heard of last. */
export const cachedSubscription = (id: SubscriptionId): Subscription | undefined =>
  queryClient.getQueryData(subscriptionQuery(id).queryKey);

/** Puts a whole subscription, just answered, into the cache. */
export const cacheSubscription = (subscription: Subscription): void => {
  queryClient.setQueryData(subscriptionQuery(subscription.id).queryKey, subscription);
};

/** Asks again what the form's own saves don't tell: documents, BADR's word, the filings. */
export const refreshSubscription = (id: SubscriptionId): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: subscriptionQuery(id).queryKey });
