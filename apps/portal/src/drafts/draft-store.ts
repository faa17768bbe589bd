/**
 * The draft being typed: saves it by itself, one save at a time, the last state winning; keeps a copy on the device until the
 * server has it; tells a change made elsewhere from its own save whose answer was lost. Knows neither React nor the network.
 */
import type { DraftCopies } from './draft-copies.ts';
import { failureOf, retryDelay } from './draft-failure.ts';

/** A pause in typing after which the draft is saved, in milliseconds. */
export const saveDelay = 800;

/** `blocked` statuses wait for the person: signing in, choosing between two versions, correcting. */
export type DraftStatus =
  | 'idle'
  | 'unsaved'
  | 'saving'
  | 'saved'
  | 'offline'
  | 'unavailable'
  | 'signed_out'
  | 'conflict'
  | 'refused'
  | 'closed';

/** The name of a part of the form: each is saved by itself. */
export type PartOf<P extends object> = Extract<keyof P, string>;

export interface ServerDraft<P extends object> {
  readonly version: number;
  readonly savedAt: string;
  readonly sections: P;
}

export interface SaveAnswer {
  readonly version: number;
  readonly savedAt: string;
}

export interface DraftSnapshot<P extends object> {
  readonly status: DraftStatus;
  readonly savedAt: string;
  readonly version: number;
  readonly sections: P;
  /** Goes up when a section was replaced from outside: its form must start again from `sections`. */
  readonly revisions: Readonly<Record<PartOf<P>, number>>;
  /** Sections that were changed both here and elsewhere, with what the server holds. */
  readonly conflicts: Partial<P>;
  /** What was typed before and never reached the server was found on this device and taken up again. */
  readonly restored: boolean;
  readonly error: unknown;
}

export interface DraftOptions<P extends object> {
  /** The parts of the form, in its order. */
  readonly parts: readonly PartOf<P>[];
  readonly server: ServerDraft<P>;
  readonly save: (section: PartOf<P>, data: P[PartOf<P>], version: number) => Promise<SaveAnswer>;
  /** What the server holds now. */
  readonly read: () => Promise<ServerDraft<P>>;
  readonly copies: DraftCopies<P>;
  /** One text for all the ways of writing the same section. */
  readonly canonical: (section: PartOf<P>, data: P[PartOf<P>]) => string;
  /** Puts together what changed here and what changed elsewhere; undefined when both changed the same thing. */
  readonly merge: (
    section: PartOf<P>,
    versions: Readonly<Record<'base' | 'mine' | 'theirs', P[PartOf<P>]>>,
  ) => P[PartOf<P>] | undefined;
  /** Runs something later; returns how to give it up. */
  readonly later: (run: () => void, delayMs: number) => () => void;
  readonly onSaved?: (section: PartOf<P>, data: P[PartOf<P>], answer: SaveAnswer) => void;
}

export interface DraftStore<P extends object> {
  readonly snapshot: () => DraftSnapshot<P>;
  readonly subscribe: (watcher: () => void) => () => void;
  /** Takes what the form holds now; it is saved after a pause, or at `flush`. */
  readonly change: <K extends PartOf<P>>(section: K, data: P[K]) => void;
  /** Puts something else in the place of what the form holds, which then starts again from it: a value that is put back. */
  readonly replace: <K extends PartOf<P>>(section: K, data: P[K]) => void;
  /** Saves now what isn't saved; resolves to whether nothing is left to save. */
  readonly flush: () => Promise<boolean>;
  /** Tries again at once: the network is back, the person signed in or asked. */
  readonly retry: () => void;
  /** Takes what the server holds, unless it is older than what is known. What was typed here is kept, or told as a conflict. */
  readonly adopt: (server: ServerDraft<P>) => void;
  /** Asks the server what it holds and adopts it: another tab has saved. */
  readonly refresh: () => Promise<void>;
  /** Ends a conflict: « mine » saves what was typed here over it, « theirs » takes what the server holds. */
  readonly resolve: (choice: 'mine' | 'theirs') => void;
  readonly dispose: () => void;
}

export function createDraftStore<P extends object>(options: DraftOptions<P>): DraftStore<P> {
  const { parts, save, read, copies, canonical, merge, later, onSaved } = options;
  const watchers = new Set<() => void>();
  const dirty = new Set<PartOf<P>>();
  let base: P = options.server.sections;
  let state: DraftSnapshot<P> = {
    status: 'idle',
    savedAt: options.server.savedAt,
    version: options.server.version,
    sections: options.server.sections,
    revisions: Object.fromEntries(parts.map((section) => [section, 0])) as Record<PartOf<P>, number>,
    conflicts: {},
    restored: false,
    error: undefined,
  };
  let cancelTimer: (() => void) | undefined;
  let running: Promise<void> | undefined;
  let failures = 0;
  let disposed = false;

  const set = (change: Partial<DraftSnapshot<P>>) => {
    state = { ...state, ...change };
    for (const watcher of watchers) watcher();
  };
  const same = (section: PartOf<P>, one: P[PartOf<P>], other: P[PartOf<P>]) =>
    canonical(section, one) === canonical(section, other);
  const waits = () => ['signed_out', 'conflict', 'closed', 'refused'].includes(state.status);
  const settle = (section: PartOf<P>) => {
    dirty.delete(section);
    copies.remove(section);
  };
  const stopTimer = () => {
    cancelTimer?.();
    cancelTimer = undefined;
  };
  const plan = (delayMs: number) => {
    stopTimer();
    if (disposed) return;
    cancelTimer = later(() => {
      cancelTimer = undefined;
      void flush();
    }, delayMs);
  };

  function adopt(server: ServerDraft<P>): void {
    if (server.version <= state.version) return;
    const conflicts: Partial<P> = {};
    const sections: P = { ...state.sections };
    const revisions: Record<PartOf<P>, number> = { ...state.revisions };
    for (const section of parts) {
      const theirs = server.sections[section];
      const mine = state.sections[section];
      if (same(section, theirs, mine)) {
        settle(section);
        continue;
      }
      const merged = dirty.has(section) ? merge(section, { base: base[section], mine, theirs }) : theirs;
      if (merged === undefined) {
        conflicts[section] = theirs;
        continue;
      }
      if (same(section, merged, theirs)) settle(section);
      if (same(section, merged, mine)) continue;
      sections[section] = merged;
      revisions[section] += 1;
    }
    // What a conflict is about stays what it was typed over, until the person has chosen.
    const before = base;
    base = { ...server.sections };
    for (const section of parts) {
      if (conflicts[section] !== undefined) base = { ...base, [section]: before[section] };
    }
    const torn = Object.keys(conflicts).length > 0;
    const settled =
      dirty.size === 0 && ['unsaved', 'offline', 'unavailable', 'conflict'].includes(state.status);
    const open = settled ? 'saved' : state.status === 'conflict' ? 'unsaved' : state.status;
    set({
      version: server.version,
      savedAt: server.savedAt,
      sections,
      revisions,
      conflicts,
      status: torn ? 'conflict' : open,
    });
    for (const section of dirty) {
      copies.keep(section, { data: state.sections[section], base: base[section] });
    }
  }

  /** Saves the sections one after the other until nothing is left; throws what stops it. */
  async function saveAll(): Promise<void> {
    for (let section = [...dirty][0]; section !== undefined && !waits(); section = [...dirty][0]) {
      const data = state.sections[section];
      const { version } = state;
      set({ status: 'saving', error: undefined });
      try {
        const answer = await save(section, data, version);
        base = { ...base, [section]: data };
        // Typed further meanwhile: the next turn saves that.
        if (same(section, state.sections[section], data)) settle(section);
        failures = 0;
        set({ version: answer.version, savedAt: answer.savedAt });
        onSaved?.(section, data, answer);
      } catch (error) {
        if (failureOf(error) !== 'stale') throw error;
        const server = await read();
        // A server that refuses a version and then shows it would be asked for ever.
        if (server.version === version) throw error;
        adopt(server);
      }
    }
    if (dirty.size === 0 && !waits()) set({ status: 'saved' });
  }

  function fail(error: unknown): void {
    // Another tab's news came during the save: the person's choice goes before any other try.
    if (state.status === 'conflict') return;
    const failure = failureOf(error);
    failures += 1;
    set({ status: failure === 'stale' ? 'unavailable' : failure, error });
    if (failure === 'offline' || failure === 'unavailable' || failure === 'stale') {
      const asked = (error as { retryAfter?: unknown } | null)?.retryAfter;
      plan(retryDelay(failures, typeof asked === 'number' ? asked : 0));
    }
  }

  async function flush(): Promise<boolean> {
    stopTimer();
    if (!disposed && dirty.size > 0 && !waits()) {
      running ??= saveAll()
        .catch(fail)
        .finally(() => {
          running = undefined;
        });
      await running;
    }
    return dirty.size === 0;
  }

  function take(section: PartOf<P>, data: P[PartOf<P>]): void {
    dirty.add(section);
    set({ sections: { ...state.sections, [section]: data } });
    copies.keep(section, { data, base: base[section] });
  }

  function change<K extends PartOf<P>>(section: K, data: P[K]): void {
    if (state.status === 'closed') return;
    if (same(section, data, state.sections[section])) {
      // Only the way of writing has changed: shown from now on, worth no save.
      set({ sections: { ...state.sections, [section]: data } });
      return;
    }
    take(section, data);
    // While the person must choose or sign in, and while a try is planned, a keystroke doesn't hurry the server.
    if (state.status === 'conflict' || state.status === 'signed_out') return;
    if (state.status === 'offline' || state.status === 'unavailable') return;
    if (state.status !== 'saving') set({ status: 'unsaved', error: undefined });
    plan(saveDelay);
  }

  function replace<K extends PartOf<P>>(section: K, data: P[K]): void {
    if (state.status === 'closed') return;
    change(section, data);
    set({ revisions: { ...state.revisions, [section]: state.revisions[section] + 1 } });
    void flush();
  }

  function restore(): void {
    for (const section of parts) {
      const copy = copies.read(section);
      if (!copy) continue;
      const theirs = base[section];
      if (same(section, copy.data, theirs)) {
        copies.remove(section);
        continue;
      }
      const merged = merge(section, { base: copy.base, mine: copy.data, theirs });
      if (merged !== undefined && same(section, merged, theirs)) {
        copies.remove(section);
        continue;
      }
      take(section, merged ?? copy.data);
      if (merged === undefined) {
        set({ status: 'conflict', conflicts: { ...state.conflicts, [section]: theirs } });
      } else {
        set({ restored: true, ...(state.status === 'conflict' ? {} : { status: 'unsaved' }) });
      }
    }
    if (dirty.size > 0 && state.status === 'unsaved') plan(0);
  }

  restore();

  return {
    snapshot: () => state,
    subscribe: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    change,
    replace,
    flush,
    retry: () => {
      if (state.status === 'conflict' || state.status === 'closed') return;
      failures = 0;
      if (dirty.size > 0) set({ status: 'unsaved', error: undefined });
      void flush();
    },
    adopt: (server) => {
      adopt(server);
      if (dirty.size > 0 && state.status === 'unsaved') plan(saveDelay);
    },
    refresh: async () => {
      try {
        const server = await read();
        if (disposed) return;
        adopt(server);
        if (dirty.size > 0 && state.status === 'unsaved') plan(saveDelay);
      } catch (error) {
        if (dirty.size > 0) fail(error);
      }
    },
    resolve: (choice) => {
      if (state.status !== 'conflict') return;
      const sections: P = { ...state.sections };
      const revisions: Record<PartOf<P>, number> = { ...state.revisions };
      for (const section of parts) {
        const theirs = state.conflicts[section];
        if (theirs === undefined) continue;
        base = { ...base, [section]: theirs };
        if (choice === 'mine') {
          copies.keep(section, { data: sections[section], base: theirs });
          continue;
        }
        sections[section] = theirs;
        revisions[section] += 1;
        settle(section);
      }
      set({
        sections,
        revisions,
        conflicts: {},
        status: dirty.size > 0 ? 'unsaved' : 'saved',
      });
      void flush();
    },
    dispose: () => {
      disposed = true;
      stopTimer();
      watchers.clear();
    },
  };
}
