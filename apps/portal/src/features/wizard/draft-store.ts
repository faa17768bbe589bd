/**
 * The draft being typed: saves it by itself, one save at a time, the last state winning; keeps a copy on the device until the
 * server has it; tells a change made elsewhere from its own save whose answer was lost. Knows neither React nor the network.
 */
import { type Section, type SectionsDraft, sections as sectionNames } from '@rnoce/schemas/sections';
import type { DraftCopies } from './draft-copies.ts';
import { failureOf, retryDelay } from './draft-failure.ts';
import type { Sections } from './section-values.ts';

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

export interface ServerDraft {
  readonly version: number;
  readonly savedAt: string;
  readonly sections: Sections;
}

export interface SaveAnswer {
  readonly version: number;
  readonly savedAt: string;
}

export interface DraftSnapshot {
  readonly status: DraftStatus;
  readonly savedAt: string;
  readonly version: number;
  readonly sections: Sections;
  /** Goes up when a section was replaced from outside: its form must start again from `sections`. */
  readonly revisions: Readonly<Record<Section, number>>;
  /** Sections that were changed both here and elsewhere, with what the server holds. */
  readonly conflicts: Partial<Sections>;
  /** What was typed before and never reached the server was found on this device and taken up again. */
  readonly restored: boolean;
  readonly error: unknown;
}

export interface DraftOptions {
  readonly server: ServerDraft;
  readonly save: (section: Section, data: SectionsDraft[Section], version: number) => Promise<SaveAnswer>;
  /** What the server holds now. */
  readonly read: () => Promise<ServerDraft>;
  readonly copies: DraftCopies;
  /** One text for all the ways of writing the same section. */
  readonly canonical: (section: Section, data: SectionsDraft[Section]) => string;
  /** Puts together what changed here and what changed elsewhere; undefined when both changed the same thing. */
  readonly merge: (
    section: Section,
    versions: Readonly<Record<'base' | 'mine' | 'theirs', SectionsDraft[Section]>>,
  ) => SectionsDraft[Section] | undefined;
  /** Runs something later; returns how to give it up. */
  readonly later: (run: () => void, delayMs: number) => () => void;
  readonly onSaved?: (section: Section, data: SectionsDraft[Section], answer: SaveAnswer) => void;
}

export interface DraftStore {
  readonly snapshot: () => DraftSnapshot;
  readonly subscribe: (watcher: () => void) => () => void;
  /** Takes what the form holds now; it is saved after a pause, or at `flush`. */
  readonly change: <S extends Section>(section: S, data: SectionsDraft[S]) => void;
  /** Saves now what isn't saved; resolves to whether nothing is left to save. */
  readonly flush: () => Promise<boolean>;
  /** Tries again at once: the network is back, the person signed in or asked. */
  readonly retry: () => void;
  /** Takes what the server holds, unless it is older than what is known. What was typed here is kept, or told as a conflict. */
  readonly adopt: (server: ServerDraft) => void;
  /** Asks the server what it holds and adopts it: another tab has saved. */
  readonly refresh: () => Promise<void>;
  /** Ends a conflict: « mine » saves what was typed here over it, « theirs » takes what the server holds. */
  readonly resolve: (choice: 'mine' | 'theirs') => void;
  readonly dispose: () => void;
}

const noRevision = Object.fromEntries(sectionNames.map((section) => [section, 0])) as Record<Section, number>;

export function createDraftStore(options: DraftOptions): DraftStore {
  const { save, read, copies, canonical, merge, later, onSaved } = options;
  const watchers = new Set<() => void>();
  const dirty = new Set<Section>();
  let base: Sections = options.server.sections;
  let state: DraftSnapshot = {
    status: 'idle',
    savedAt: options.server.savedAt,
    version: options.server.version,
    sections: options.server.sections,
    revisions: noRevision,
    conflicts: {},
    restored: false,
    error: undefined,
  };
  let cancelTimer: (() => void) | undefined;
  let running: Promise<void> | undefined;
  let failures = 0;
  let disposed = false;

  const set = (change: Partial<DraftSnapshot>) => {
    state = { ...state, ...change };
    for (const watcher of watchers) watcher();
  };
  const same = (section: Section, one: SectionsDraft[Section], other: SectionsDraft[Section]) =>
    canonical(section, one) === canonical(section, other);
  const waits = () => ['signed_out', 'conflict', 'closed', 'refused'].includes(state.status);
  const settle = (section: Section) => {
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

  function adopt(server: ServerDraft): void {
    if (server.version <= state.version) return;
    const conflicts: Partial<Record<Section, SectionsDraft[Section]>> = {};
    const sections: Record<Section, SectionsDraft[Section]> = { ...state.sections };
    const revisions = { ...state.revisions };
    for (const section of sectionNames) {
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
    for (const section of sectionNames) {
      if (conflicts[section] !== undefined) base = { ...base, [section]: before[section] };
    }
    const torn = Object.keys(conflicts).length > 0;
    const settled =
      dirty.size === 0 && ['unsaved', 'offline', 'unavailable', 'conflict'].includes(state.status);
    const open = settled ? 'saved' : state.status === 'conflict' ? 'unsaved' : state.status;
    set({
      version: server.version,
      savedAt: server.savedAt,
      sections: sections as Sections,
      revisions,
      conflicts: conflicts as Partial<Sections>,
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

  function take(section: Section, data: SectionsDraft[Section]): void {
    dirty.add(section);
    set({ sections: { ...state.sections, [section]: data } });
    copies.keep(section, { data, base: base[section] });
  }

  function change<S extends Section>(section: S, data: SectionsDraft[S]): void {
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

  function restore(): void {
    for (const section of sectionNames) {
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
      const sections: Record<Section, SectionsDraft[Section]> = { ...state.sections };
      const revisions = { ...state.revisions };
      for (const section of sectionNames) {
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
        sections: sections as Sections,
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
