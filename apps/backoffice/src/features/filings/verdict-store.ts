import type { Verdict } from './verdict-draft.ts';

/** Why the verdict can't be kept as it is: the dossier changed under it, or was decided. */
export type Conflict = 'stale' | 'decided';

export type SaveOutcome =
  | { readonly kind: 'saved'; readonly version: number }
  | { readonly kind: 'conflict'; readonly conflict: Conflict }
  | { readonly kind: 'offline' | 'failed' };

export interface VerdictState {
  readonly verdict: Verdict;
  readonly version: number;
  readonly saving: 'idle' | 'unsaved' | 'saving' | 'saved' | 'offline' | 'failed';
  readonly savedAt: Date | undefined;
  readonly conflict: Conflict | undefined;
}

/** What a dossier's answer tells the store. */
interface Seen {
  readonly version: number;
  readonly verdict: Verdict;
}

export interface VerdictStore {
  readonly state: () => VerdictState;
  readonly watch: (watcher: () => void) => () => void;
  /** Changes the verdict and saves it after a pause. */
  readonly change: (update: (verdict: Verdict) => Verdict) => void;
  /** Saves what isn't yet. True: the server has everything, under `state().version`. */
  readonly flush: () => Promise<boolean>;
  /** The dossier was read again: taken over when nothing here is unsaved, else a conflict. */
  readonly see: (seen: Seen) => void;
  /** A decision was refused because of this: nothing more is saved until the agent has chosen. */
  readonly contest: (conflict: Conflict) => void;
  /** Our own act gave the dossier another version. */
  readonly advance: (version: number) => void;
  /** Ends a conflict: with what is here, or with what the server has. */
  readonly resolve: (seen: Seen, keep: 'mine' | 'theirs') => void;
}

/**
 * A verdict in preparation: what is on the screen, and its saves one after the other. Nothing that was judged is lost: it stays here until
 * the server has it, and a conflict changes nothing until the agent has chosen.
 */
export function createVerdictStore({
  initial,
  save,
  pauseMs,
  now,
}: {
  initial: Seen;
  save: (version: number, verdict: Verdict) => Promise<SaveOutcome>;
  /** Pause after a change before it is saved, in milliseconds. */
  pauseMs: number;
  now: () => Date;
}): VerdictStore {
  let state: VerdictState = { ...initial, saving: 'idle', savedAt: undefined, conflict: undefined };
  let unsaved = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<boolean> | undefined;
  const watchers = new Set<() => void>();
  const set = (changes: Partial<VerdictState>) => {
    state = { ...state, ...changes };
    for (const watcher of watchers) watcher();
  };

  const saveAll = async (): Promise<boolean> => {
    while (unsaved && state.conflict === undefined) {
      unsaved = false;
      set({ saving: 'saving' });
      const outcome = await save(state.version, state.verdict);
      if (outcome.kind === 'saved') {
        set({ version: outcome.version, saving: unsaved ? 'unsaved' : 'saved', savedAt: now() });
        continue;
      }
      unsaved = true;
      if (outcome.kind === 'conflict') set({ saving: 'unsaved', conflict: outcome.conflict });
      else set({ saving: outcome.kind });
      return false;
    }
    return !unsaved;
  };
  const flush = (): Promise<boolean> => {
    clearTimeout(timer);
    running ??= saveAll().finally(() => {
      running = undefined;
    });
    return running;
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), pauseMs);
  };
  const take = ({ version, verdict }: Seen) => {
    unsaved = false;
    set({ version, verdict, saving: 'idle', conflict: undefined });
  };

  return {
    state: () => state,
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    change: (update) => {
      unsaved = true;
      set({ verdict: update(state.verdict), saving: state.saving === 'saving' ? 'saving' : 'unsaved' });
      if (state.conflict === undefined) later();
    },
    flush,
    see: (seen) => {
      // A save under way explains a newer version by itself; the next reading will tell.
      if (running !== undefined || state.conflict !== undefined || seen.version <= state.version) return;
      if (unsaved) set({ conflict: 'stale' });
      else take(seen);
    },
    contest: (conflict) => {
      clearTimeout(timer);
      set({ conflict });
    },
    advance: (version) => {
      if (version > state.version) set({ version });
    },
    resolve: (seen, keep) => {
      if (keep === 'theirs') {
        take(seen);
        return;
      }
      unsaved = true;
      set({ version: seen.version, conflict: undefined });
      void flush();
    },
  };
}
