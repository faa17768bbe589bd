import { type Section, type SectionsDraft, sections } from '@rnoce/schemas/sections';
import { describe, expect, test } from 'vitest';
import {
  canonical,
  completeSections,
  mergeSections,
  type Sections,
} from '../form-sections/section-values.ts';
import { type DraftCopies, draftCopies } from './draft-copies.ts';
import { createDraftStore, type ServerDraft, saveDelay } from './draft-store.ts';

const context = {
  operatorType: 'importer',
  authorities: ['customs'],
  today: '2026-11-21',
  has: () => true,
  ribCodes: () => [],
} as const;

class Failure extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

/** Timers that a test lets run by hand. */
function clock() {
  let waiting: { run: () => void; delayMs: number }[] = [];
  return {
    later: (run: () => void, delayMs: number) => {
      const entry = { run, delayMs };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    delays: () => waiting.map(({ delayMs }) => delayMs),
    run: () => {
      const due = waiting;
      waiting = [];
      for (const { run } of due) run();
    },
  };
}

function memory(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    key: (index: number) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size;
    },
  } as Storage;
}

/** A server with versions, whose answers a test can hold back or break. */
function serverOf(company: SectionsDraft['company'] = {}) {
  let held: ServerDraft<Sections> = { version: 1, savedAt: 'at 1', sections: completeSections({ company }) };
  const calls: { section: Section; data: SectionsDraft[Section]; version: number }[] = [];
  const faults: ((kept: boolean) => Error | undefined)[] = [];
  let gate: Promise<void> = Promise.resolve();
  const write = (section: Section, data: SectionsDraft[Section]) => {
    const version = held.version + 1;
    held = { version, savedAt: `at ${version}`, sections: { ...held.sections, [section]: data } };
  };
  return {
    calls,
    held: () => held,
    /** Another tab saves. */
    write,
    failNext: (error: Error) => faults.push(() => error),
    /** The save arrives, its answer doesn't. */
    loseNextAnswer: () => faults.push((kept) => (kept ? new Failure(0, 'offline') : undefined)),
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return resolve;
    },
    save: async (section: Section, data: SectionsDraft[Section], version: number) => {
      calls.push({ section, data, version });
      await gate;
      const fault = faults.shift();
      const early = fault?.(false);
      if (early) throw early;
      if (version !== held.version) throw new Failure(412, 'stale');
      write(section, data);
      const late = fault?.(true);
      if (late) throw late;
      return { version: held.version, savedAt: held.savedAt };
    },
    read: () => Promise.resolve(held),
  };
}

function open(
  server: ReturnType<typeof serverOf>,
  copies: DraftCopies<Sections> = draftCopies<Sections>(memory(), 'one', { tab: 'a', now: () => 0 }),
) {
  const time = clock();
  const store = createDraftStore<Sections>({
    parts: sections,
    server: server.held(),
    save: server.save,
    read: server.read,
    copies,
    canonical: (section, data) => canonical(section, context, data),
    merge: (section, versions) => mergeSections(section, context, versions),
    later: time.later,
  });
  return { store, time };
}

describe('saving by itself', () => {
  test('a value that is put back starts its form again, and is saved at once', async () => {
    const server = serverOf({ legalName: 'Before' });
    const { store, time } = open(server);
    store.change('company', { legalName: 'After' });
    await store.flush();
    store.replace('company', { legalName: 'Before' });
    expect(time.delays()).toEqual([]);
    await store.flush();
    expect(store.snapshot()).toMatchObject({ status: 'saved', revisions: { company: 1, managers: 0 } });
    expect(server.held().sections.company.legalName).toBe('Before');
  });

  test('waits for a pause in typing, then saves the last state once', async () => {
    const server = serverOf();
    const { store, time } = open(server);
    store.change('company', { legalName: 'S' });
    store.change('company', { legalName: 'Société' });
    expect(store.snapshot().status).toBe('unsaved');
    expect(time.delays()).toEqual([saveDelay]);
    await store.flush();
    expect(server.calls).toEqual([{ section: 'company', data: { legalName: 'Société' }, version: 1 }]);
    expect(store.snapshot()).toMatchObject({ status: 'saved', version: 2, savedAt: 'at 2' });
  });

  test('is one save at a time: what is typed meanwhile goes next, with the new version', async () => {
    const server = serverOf();
    const { store } = open(server);
    const release = server.hold();
    store.change('company', { legalName: 'A' });
    const saved = store.flush();
    store.change('company', { legalName: 'AB' });
    store.change('company', { legalName: 'ABC' });
    expect(server.calls).toHaveLength(1);
    release();
    await saved;
    expect(server.calls.map(({ data, version }) => [data, version])).toEqual([
      [{ legalName: 'A' }, 1],
      [{ legalName: 'ABC' }, 2],
    ]);
    expect(store.snapshot().status).toBe('saved');
  });

  test('both sections go one after the other', async () => {
    const server = serverOf();
    const { store } = open(server);
    store.change('company', { legalName: 'A' });
    store.change('managers', [{ lastName: 'B' }]);
    expect(await store.flush()).toBe(true);
    expect(server.calls.map(({ section, version }) => [section, version])).toEqual([
      ['company', 1],
      ['managers', 2],
    ]);
  });

  test('a section of PortNet is saved like the others', async () => {
    const server = serverOf();
    const { store } = open(server);
    store.change('singleWindowUsers', [{ key: 'a', lastName: 'B' }]);
    store.change('legalRepresentative', { manager: 'a' });
    expect(await store.flush()).toBe(true);
    expect(server.held().sections).toMatchObject({
      singleWindowUsers: [{ key: 'a', lastName: 'B' }],
      legalRepresentative: { manager: 'a' },
    });
  });

  test('a change that says the same thing is not one', () => {
    const server = serverOf({ ice: '001525713000071' });
    const { store, time } = open(server);
    store.change('company', { ice: ' 001 525 713 000 071 ', fax: null, repeatedAddress: false });
    expect(store.snapshot().status).toBe('idle');
    expect(store.snapshot().sections.company.ice).toBe(' 001 525 713 000 071 ');
    expect(time.delays()).toEqual([]);
  });
});

describe('failures', () => {
  test('a lost network is tried again by itself, later each time, and at once when it is back', async () => {
    const server = serverOf();
    const { store, time } = open(server);
    server.failNext(new Failure(0, 'offline'));
    server.failNext(new Failure(0, 'timeout'));
    store.change('company', { legalName: 'A' });
    expect(await store.flush()).toBe(false);
    expect(store.snapshot().status).toBe('offline');
    expect(time.delays()).toEqual([1000]);
    time.run();
    await store.flush();
    expect(time.delays()).toEqual([2000]);
    store.retry();
    expect(await store.flush()).toBe(true);
    expect(store.snapshot().status).toBe('saved');
  });

  test('typing while offline keeps the planned try and saves the last state', async () => {
    const server = serverOf();
    const { store, time } = open(server);
    server.failNext(new Failure(503, 'overloaded'));
    store.change('company', { legalName: 'A' });
    await store.flush();
    expect(store.snapshot().status).toBe('unavailable');
    store.change('company', { legalName: 'AB' });
    expect(time.delays()).toEqual([1000]);
    await store.flush();
    expect(server.held().sections.company).toEqual({ legalName: 'AB' });
  });

  test('an ended session waits for the person; signing in again saves', async () => {
    const server = serverOf();
    const { store, time } = open(server);
    server.failNext(new Failure(401, 'session_expired'));
    store.change('company', { legalName: 'A' });
    await store.flush();
    expect(store.snapshot().status).toBe('signed_out');
    store.change('company', { legalName: 'AB' });
    expect(time.delays()).toEqual([]);
    store.retry();
    expect(await store.flush()).toBe(true);
    expect(server.held().sections.company).toEqual({ legalName: 'AB' });
  });

  test('a refused save is told, and the next change is tried', async () => {
    const server = serverOf();
    const { store } = open(server);
    server.failNext(new Failure(422, 'validation'));
    store.change('company', { legalName: 'refused' });
    await store.flush();
    expect(store.snapshot().status).toBe('refused');
    store.change('company', { legalName: 'A' });
    expect(await store.flush()).toBe(true);
  });

  test('a draft sent elsewhere is closed', async () => {
    const server = serverOf();
    const { store } = open(server);
    server.failNext(new Failure(409, 'subscription_not_editable'));
    store.change('company', { legalName: 'A' });
    await store.flush();
    expect(store.snapshot().status).toBe('closed');
  });
});

describe('changes made elsewhere', () => {
  test('a save whose answer was lost is recognised, not told as a conflict', async () => {
    const server = serverOf();
    const { store, time } = open(server);
    server.loseNextAnswer();
    store.change('company', { legalName: ' A ' });
    await store.flush();
    expect(store.snapshot().status).toBe('offline');
    time.run();
    expect(await store.flush()).toBe(true);
    expect(store.snapshot()).toMatchObject({ status: 'saved', conflicts: {}, version: 2 });
  });

  test('another field changed in another tab is put together with what is typed here', async () => {
    const server = serverOf({ legalName: 'A' });
    const { store } = open(server);
    server.write('company', { legalName: 'A', acronym: 'SA' });
    store.change('company', { legalName: 'B' });
    expect(await store.flush()).toBe(true);
    expect(server.held().sections.company).toMatchObject({ legalName: 'B', acronym: 'SA' });
    expect(store.snapshot().revisions.company).toBe(1);
  });

  test('the same field changed in both places waits for a choice, and « mine » keeps what was typed', async () => {
    const server = serverOf({ legalName: 'A' });
    const { store } = open(server);
    server.write('company', { legalName: 'elsewhere' });
    store.change('company', { legalName: 'here' });
    expect(await store.flush()).toBe(false);
    expect(store.snapshot()).toMatchObject({
      status: 'conflict',
      conflicts: { company: { legalName: 'elsewhere' } },
    });
    expect(store.snapshot().sections.company.legalName).toBe('here');
    store.resolve('mine');
    expect(await store.flush()).toBe(true);
    expect(server.held().sections.company).toEqual({ legalName: 'here' });
  });

  test('a change elsewhere that is heard of during a save is a conflict all the same', async () => {
    const server = serverOf({ legalName: 'A' });
    const { store } = open(server);
    const release = server.hold();
    store.change('company', { legalName: 'here' });
    const saved = store.flush();
    server.write('company', { legalName: 'elsewhere' });
    await store.refresh();
    release();
    expect(await saved).toBe(false);
    expect(store.snapshot().status).toBe('conflict');
    expect(server.held().sections.company.legalName).toBe('elsewhere');
  });

  test('« theirs » takes what the server holds and starts the form again', async () => {
    const server = serverOf({ legalName: 'A' });
    const { store } = open(server);
    server.write('company', { legalName: 'elsewhere' });
    store.change('company', { legalName: 'here' });
    await store.flush();
    store.resolve('theirs');
    expect(store.snapshot()).toMatchObject({ status: 'saved', conflicts: {} });
    expect(store.snapshot().sections.company.legalName).toBe('elsewhere');
    expect(store.snapshot().revisions.company).toBe(1);
  });

  test('what is not being typed follows the server, an older answer changes nothing', async () => {
    const server = serverOf({ legalName: 'A' });
    const { store } = open(server);
    const before = server.held();
    server.write('managers', [{ lastName: 'B' }]);
    await store.refresh();
    expect(store.snapshot().sections.managers).toEqual([{ lastName: 'B' }]);
    store.adopt(before);
    expect(store.snapshot()).toMatchObject({ version: 2, sections: { managers: [{ lastName: 'B' }] } });
  });
});

describe('the copy on the device', () => {
  test('brings back what a crash left unsaved, and goes once it is saved', async () => {
    const storage = memory();
    const copies = draftCopies<Sections>(storage, 'one', { tab: 'a', now: () => 0 });
    const server = serverOf();
    open(server, copies).store.change('company', { legalName: 'A' });
    expect(storage.length).toBe(1);

    const { store, time } = open(server, copies);
    expect(store.snapshot()).toMatchObject({ restored: true, sections: { company: { legalName: 'A' } } });
    time.run();
    expect(await store.flush()).toBe(true);
    expect(server.held().sections.company.legalName).toBe('A');
    expect(storage.length).toBe(0);
  });

  test('of what the server has after all is dropped without a word', () => {
    const storage = memory();
    const copies = draftCopies<Sections>(storage, 'one', { tab: 'a', now: () => 0 });
    const server = serverOf();
    open(server, copies).store.change('company', { legalName: 'A' });
    server.write('company', { legalName: 'A' });
    expect(open(server, copies).store.snapshot().restored).toBe(false);
    expect(storage.length).toBe(0);
  });

  test('against a later change elsewhere is a conflict, and nothing is lost', () => {
    const copies = draftCopies<Sections>(memory(), 'one', { tab: 'a', now: () => 0 });
    const server = serverOf({ legalName: 'A' });
    open(server, copies).store.change('company', { legalName: 'here' });
    server.write('company', { legalName: 'elsewhere' });
    const { status, sections, conflicts } = open(server, copies).store.snapshot();
    expect(status).toBe('conflict');
    expect(sections.company.legalName).toBe('here');
    expect(conflicts.company?.legalName).toBe('elsewhere');
  });

  test('still tells of the conflict after a reload', async () => {
    const copies = draftCopies<Sections>(memory(), 'one', { tab: 'a', now: () => 0 });
    const server = serverOf({ legalName: 'A' });
    const first = open(server, copies).store;
    server.write('company', { legalName: 'elsewhere' });
    first.change('company', { legalName: 'here' });
    await first.flush();
    expect(first.snapshot().status).toBe('conflict');
    const again = open(server, copies).store;
    expect(again.snapshot()).toMatchObject({
      status: 'conflict',
      conflicts: { company: { legalName: 'elsewhere' } },
    });
    again.resolve('mine');
    expect(await again.flush()).toBe(true);
    expect(server.held().sections.company.legalName).toBe('here');
  });

  test('of another tab is left alone while that tab may live, and taken up once it was left or has crashed', () => {
    const storage = memory();
    let now = 0;
    const [one, two] = ['a', 'b'].map((tab) =>
      draftCopies<Sections>(storage, 'one', { tab, now: () => now }),
    );
    one?.keep('company', { data: { legalName: 'A' }, base: {} });
    expect(two?.read('company')).toBeUndefined();
    one?.leave();
    expect(two?.read('company')?.data).toEqual({ legalName: 'A' });
    one?.keep('company', { data: { legalName: 'A' }, base: {} });
    expect(two?.read('company')).toBeUndefined();
    now = 120_000;
    expect(two?.read('company')?.data).toEqual({ legalName: 'A' });
    two?.remove('company');
    expect(storage.length).toBe(0);
  });

  test('is forgotten after a week, and a full or forbidden storage breaks nothing', () => {
    const storage = memory();
    let now = 0;
    const copies = draftCopies<Sections>(storage, 'one', { tab: 'a', now: () => now });
    copies.keep('company', { data: { legalName: 'A' }, base: {} });
    now = 8 * 24 * 3600 * 1000;
    expect(copies.read('company')).toBeUndefined();
    expect(storage.length).toBe(0);

    const refuse = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    const forbidden = draftCopies<Sections>(
      { getItem: refuse, setItem: refuse, removeItem: refuse, key: refuse, length: 1 },
      'one',
      { tab: 'a', now: () => 0 },
    );
    forbidden.keep('company', { data: {}, base: {} });
    expect(forbidden.read('company')).toBeUndefined();
  });
});
