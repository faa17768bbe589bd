import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { accept, type Verdict } from './verdict-draft.ts';
import { createVerdictStore, type SaveOutcome } from './verdict-store.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const nothing: Verdict = { accepted: [], reasons: [] };
const ice = (verdict: Verdict) => accept(verdict, ['documents.ice']);
const identity = (verdict: Verdict) => accept(verdict, ['documents.identity']);

/** A server that keeps one verdict and answers as the API does. */
function server() {
  const kept = { version: 1, verdict: nothing, saves: 0, next: undefined as SaveOutcome | undefined };
  const save = async (version: number, verdict: Verdict): Promise<SaveOutcome> => {
    kept.saves += 1;
    const { next } = kept;
    kept.next = undefined;
    if (next) return next;
    if (version !== kept.version) return { kind: 'conflict', conflict: 'stale' };
    kept.version += 1;
    kept.verdict = verdict;
    return { kind: 'saved', version: kept.version };
  };
  const store = createVerdictStore({
    initial: { version: 1, verdict: nothing },
    save,
    pauseMs: 500,
    now: () => new Date('2026-11-21T10:42:00Z'),
  });
  return { kept, store };
}

describe('a verdict in preparation', () => {
  it('is saved after a pause, several changes at once', async () => {
    const { kept, store } = server();
    store.change(ice);
    store.change(identity);
    expect(store.state().saving).toBe('unsaved');
    await vi.advanceTimersByTimeAsync(500);
    expect(kept).toMatchObject({ saves: 1, version: 2 });
    expect(kept.verdict.accepted).toEqual(['documents.ice', 'documents.identity']);
    expect(store.state()).toMatchObject({ saving: 'saved', version: 2 });
  });

  it('saves what changed during a save, with the version of the first', async () => {
    const { kept, store } = server();
    store.change(ice);
    const saved = store.flush();
    store.change(identity);
    expect(await saved).toBe(true);
    expect(kept).toMatchObject({ saves: 2, version: 3 });
    expect(kept.verdict).toEqual(store.state().verdict);
  });

  it('stays whole through a failure, and is saved by the next try', async () => {
    const { kept, store } = server();
    kept.next = { kind: 'offline' };
    store.change(ice);
    expect(await store.flush()).toBe(false);
    expect(store.state()).toMatchObject({ saving: 'offline', verdict: { accepted: ['documents.ice'] } });
    expect(await store.flush()).toBe(true);
    expect(kept.verdict.accepted).toEqual(['documents.ice']);
  });

  it('keeps what was judged in a conflict until the agent has chosen theirs', async () => {
    const { kept, store } = server();
    kept.version = 5;
    kept.verdict = identity(nothing);
    store.change(ice);
    expect(await store.flush()).toBe(false);
    expect(store.state()).toMatchObject({ conflict: 'stale', verdict: { accepted: ['documents.ice'] } });
    store.change(identity);
    await vi.advanceTimersByTimeAsync(2000);
    expect(kept.saves).toBe(1);
    store.resolve(kept, 'theirs');
    expect(store.state()).toMatchObject({ conflict: undefined, version: 5, verdict: kept.verdict });
  });

  it('goes over the other one when the agent says so', async () => {
    const { kept, store } = server();
    kept.version = 5;
    store.change(ice);
    await store.flush();
    store.resolve(kept, 'mine');
    await vi.advanceTimersByTimeAsync(0);
    expect(kept).toMatchObject({ version: 6, verdict: { accepted: ['documents.ice'] } });
    expect(store.state()).toMatchObject({ conflict: undefined, version: 6, saving: 'saved' });
  });

  it('stops saving once a decision was refused', async () => {
    const { kept, store } = server();
    store.change(ice);
    store.contest('decided');
    await vi.advanceTimersByTimeAsync(2000);
    expect(await store.flush()).toBe(false);
    expect(kept.saves).toBe(0);
    expect(store.state()).toMatchObject({ conflict: 'decided', verdict: { accepted: ['documents.ice'] } });
  });

  it('takes over what another agent did while nothing here was unsaved, and an older reading never', () => {
    const { store } = server();
    store.see({ version: 3, verdict: ice(nothing) });
    expect(store.state()).toMatchObject({ version: 3, verdict: { accepted: ['documents.ice'] } });
    store.see({ version: 2, verdict: nothing });
    expect(store.state().version).toBe(3);
    store.change(identity);
    store.see({ version: 4, verdict: nothing });
    expect(store.state()).toMatchObject({ version: 3, conflict: 'stale' });
    expect(store.state().verdict.accepted).toEqual(['documents.ice', 'documents.identity']);
  });
});
