import { ApiError } from '@rnoce/api-client/api-error';
import { saveVerdict } from '@rnoce/api-client/filings';
import type { Dossier } from '@rnoce/schemas/filings';
import type { SaveStatus } from '@rnoce/ui/save-state';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { dossierQuery } from '../../api/queries.ts';
import { client } from '../../session/session.ts';
import { useAgent } from '../../session/use-session.ts';
import type { Verdict } from './verdict-draft.ts';
import {
  createVerdictStore,
  type SaveOutcome,
  type VerdictState,
  type VerdictStore,
} from './verdict-store.ts';

/** Pause after a word before it is saved, in milliseconds. */
const pauseMs = 600;

const refusalOf = (error: unknown): SaveOutcome => {
  if (!(error instanceof ApiError)) return { kind: 'failed' };
  if (error.code === 'stale') return { kind: 'conflict', conflict: 'stale' };
  if (error.code === 'filing_not_decidable') return { kind: 'conflict', conflict: 'decided' };
  return { kind: error.status === 0 ? 'offline' : 'failed' };
};

/** The verdict in preparation on a dossier, saved by itself; `dossier` is the latest reading of it. */
export function useVerdict(dossier: Dossier): {
  store: VerdictStore;
  state: VerdictState;
  status: SaveStatus;
} {
  const queries = useQueryClient();
  const agent = useAgent();
  const { id } = dossier;
  const [store] = useState(() =>
    createVerdictStore({
      initial: dossier,
      pauseMs,
      now: () => new Date(),
      save: async (version: number, body: Verdict): Promise<SaveOutcome> => {
        try {
          const { data } = await saveVerdict(client, { params: { id }, version, body });
          // The first word takes the dossier, from a colleague too: who holds it is shown.
          if (queries.getQueryData(dossierQuery(id).queryKey)?.holder?.id !== agent?.id)
            void queries.invalidateQueries(dossierQuery(id));
          return { kind: 'saved', version: data.version };
        } catch (error) {
          // What changed under the verdict is shown beside it.
          void queries.invalidateQueries(dossierQuery(id));
          return refusalOf(error);
        }
      },
    }),
  );
  const state = useSyncExternalStore(store.watch, store.state);

  useEffect(() => store.see(dossier), [store, dossier]);
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    window.addEventListener('online', () => void store.flush(), { signal });
    const leaving = (event: BeforeUnloadEvent) => {
      if (['idle', 'saved'].includes(store.state().saving)) return;
      void store.flush();
      event.preventDefault();
    };
    window.addEventListener('beforeunload', leaving, { signal });
    return () => {
      listening.abort();
      // Leaving for another screen of the application: nothing stays behind.
      void store.flush();
    };
  }, [store]);

  const { saving, savedAt } = state;
  const retry = { kind: 'error', onRetry: () => void store.flush() } as const;
  const status: SaveStatus =
    saving === 'failed'
      ? retry
      : saving === 'saved' && savedAt
        ? { kind: 'saved', savedAt }
        : { kind: saving === 'saved' ? 'idle' : saving };
  return { store, state, status };
}
