import type { FormContext } from '@rnoce/schemas/fields';
import type { SectionsDraft } from '@rnoce/schemas/sections';
import type { SavedSection, Subscription } from '@rnoce/schemas/subscriptions';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { type DraftCopies, draftCopies, storageOf, tabName } from './draft-copies.ts';
import { createDraftStore, type DraftSnapshot, type DraftStore } from './draft-store.ts';
import { type DraftTabs, draftTabs } from './draft-tabs.ts';
import { canonical, mergeSections } from './section-values.ts';
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

/** Runs something later by the page's clock. */
const later = (run: () => void, delayMs: number) => {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
};

const openCopies = (id: string): DraftCopies =>
  draftCopies(
    storageOf(() => window.localStorage),
    id,
    {
      tab: tabName(
        storageOf(() => window.sessionStorage),
        () => crypto.randomUUID(),
      ),
      now: Date.now,
    },
  );

function openStore(subscription: Subscription, context: FormContext, copies: DraftCopies): DraftStore {
  const { id } = subscription;
  return createDraftStore({
    server: serverDraft(subscription),
    save: async (section, data, version) => {
      const answer = await saveSection(id, section, data, version);
      cacheSave(id, section, data, answer);
      return answer satisfies SavedSection;
    },
    read: () => readDraft(id),
    copies,
    canonical: (section, data) => canonical(section, context, data),
    merge: (section, versions) => mergeSections(section, context, versions),
    later,
    onSaved: (section, data) => {
      if (section === 'company' && asksRegistryAgain(subscription, data as SectionsDraft['company'])) {
        void refreshSubscription(id);
      } else if (isCompared(cachedSubscription(id) ?? subscription)) void refreshSubscription(id);
    },
  });
}

interface WizardDraft {
  readonly store: DraftStore;
  readonly draft: DraftSnapshot;
  /** Other tabs of this browser on the same draft. */
  readonly otherTabs: number;
  readonly documentsChanged: () => void;
}

/** The draft of a subscription for as long as its screen is there: saved before the page is left, and told to the other tabs. */
export function useWizardDraft(subscription: Subscription, context: FormContext): WizardDraft {
  const [otherTabs, setOtherTabs] = useState(0);
  const tabs = useRef<DraftTabs>(undefined);
  const [copies] = useState(() => openCopies(subscription.id));
  const [store] = useState(() => openStore(subscription, context, copies));
  const draft = useSyncExternalStore(store.subscribe, store.snapshot);
  const { id } = subscription;

  useEffect(() => store.adopt(serverDraft(subscription)), [store, subscription]);

  useEffect(() => {
    const opened = draftTabs(new BroadcastChannel(`rnoce-draft-${id}`), crypto.randomUUID(), {
      onOthers: setOtherTabs,
      onSaved: (version) => {
        if (version > store.snapshot().version) void store.refresh();
      },
      onDocuments: () => void refreshSubscription(id),
    });
    tabs.current = opened;
    let told = store.snapshot().version;
    const stopTelling = store.subscribe(() => {
      const { version } = store.snapshot();
      if (version <= told) return;
      told = version;
      opened.saved(version);
    });
    const listening = new AbortController();
    const { signal } = listening;
    const save = () => void store.flush();
    window.addEventListener('online', store.retry, { signal });
    window.addEventListener('pagehide', save, { signal });
    window.addEventListener('pagehide', opened.leave, { signal });
    window.addEventListener('pagehide', copies.leave, { signal });
    window.addEventListener('pageshow', opened.comeBack, { signal });
    document.addEventListener('visibilitychange', save, { signal });
    return () => {
      save();
      listening.abort();
      stopTelling();
      opened.close();
    };
  }, [id, store, copies]);

  return { store, draft, otherTabs, documentsChanged: () => tabs.current?.documentsChanged() };
}
