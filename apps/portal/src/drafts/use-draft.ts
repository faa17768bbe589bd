import { holdUnsaved } from '@rnoce/shell/unsaved';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import {
  createDraftStore,
  type DraftOptions,
  type DraftSnapshot,
  type DraftStore,
  type ServerDraft,
} from './draft-store.ts';
import { type DraftTabs, draftTabs } from './draft-tabs.ts';
import { openOwnCopies } from './own-copies.ts';

/** Runs something later by the page's clock. */
const later = (run: () => void, delayMs: number) => {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
};

interface Draft<P extends object> {
  readonly store: DraftStore<P>;
  readonly draft: DraftSnapshot<P>;
  /** Other tabs of this browser on the same draft. */
  readonly otherTabs: number;
  /** Tells the other tabs that a document was given or taken out. */
  readonly documentsChanged: () => void;
}

/**
 * A draft for as long as its screen is there: saved before the page is left, and told to the other tabs. `options` count when the screen
 * opens; `server` is adopted whenever it changes; `refresh` asks again what the draft's own saves don't tell.
 */
export function useDraft<P extends object>(
  id: string,
  server: ServerDraft<P>,
  options: () => Omit<DraftOptions<P>, 'server' | 'copies' | 'later'>,
  refresh: () => unknown,
): Draft<P> {
  const [otherTabs, setOtherTabs] = useState(0);
  const tabs = useRef<DraftTabs>(undefined);
  const [copies] = useState(() => openOwnCopies<P>(id));
  const [store] = useState(() => createDraftStore<P>({ ...options(), server, copies, later }));
  const draft = useSyncExternalStore(store.subscribe, store.snapshot);
  const ask = useRef(refresh);
  useEffect(() => {
    ask.current = refresh;
  });

  useEffect(() => store.adopt(server), [store, server]);

  useEffect(() => {
    const opened = draftTabs(new BroadcastChannel(`rnoce-draft-${id}`), crypto.randomUUID(), {
      onOthers: setOtherTabs,
      onSaved: (version) => {
        if (version > store.snapshot().version) void store.refresh();
      },
      onDocuments: () => void ask.current(),
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
    const letGo = holdUnsaved(store.flush);
    window.addEventListener('online', store.retry, { signal });
    window.addEventListener('pagehide', save, { signal });
    window.addEventListener('pagehide', opened.leave, { signal });
    window.addEventListener('pagehide', copies.leave, { signal });
    window.addEventListener('pageshow', opened.comeBack, { signal });
    document.addEventListener('visibilitychange', save, { signal });
    return () => {
      save();
      letGo();
      listening.abort();
      stopTelling();
      opened.close();
    };
  }, [id, store, copies]);

  return { store, draft, otherTabs, documentsChanged: () => tabs.current?.documentsChanged() };
}
