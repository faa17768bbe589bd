import type { Dossier, HistoryEntry } from '@rnoce/schemas/filings';
import { expect, test } from 'vitest';
import { lastChangeOf } from './last-change.ts';

const at = '2026-11-21T09:00:00.000Z';
const hold = (agentId: string, event: 'taken' | 'released'): Dossier['lastHold'] => ({
  event,
  agentId: agentId as NonNullable<Dossier['lastHold']>['agentId'],
  agentName: agentId,
  at,
});
const decided = (
  event: 'validated' | 'returned',
  actorName: string,
  actor: HistoryEntry['actor'] = 'agent',
): HistoryEntry => ({
  event,
  at,
  actor,
  actorName,
  from: 'in_review',
  to: event === 'validated' ? 'validated' : 'incomplete',
  reasons: [],
  emailChanges: [],
  note: null,
});

test('an undecided dossier was changed by who took it or gave it back last', () => {
  const dossier = (lastHold: Dossier['lastHold']): Parameters<typeof lastChangeOf>[0] => ({
    status: 'in_review',
    history: [],
    lastHold,
  });
  expect(lastChangeOf(dossier(hold('Omar', 'taken')), 'Nadia')).toEqual({
    kind: 'taken',
    by: { actor: 'agent', actorName: 'Omar' },
    at,
  });
  expect(lastChangeOf(dossier(hold('Omar', 'released')), 'Nadia')).toMatchObject({ kind: 'released' });
  expect(lastChangeOf(dossier(hold('Nadia', 'taken')), 'Nadia')).toEqual({ kind: 'elsewhere' });
  expect(lastChangeOf(dossier(null), 'Nadia')).toEqual({ kind: 'elsewhere' });
});

test('a decided one by who decided it, whoever held it', () => {
  const dossier = (entry: HistoryEntry) => ({
    status: entry.to,
    history: [entry],
    lastHold: hold('Nadia', 'taken'),
  });
  expect(lastChangeOf(dossier(decided('returned', 'Omar')), 'Nadia')).toEqual({
    kind: 'returned',
    by: { actor: 'agent', actorName: 'Omar' },
    at,
  });
  expect(lastChangeOf(dossier(decided('validated', 'BADR', 'integrator')), 'Nadia')).toMatchObject({
    kind: 'validated',
    by: { actor: 'integrator', actorName: 'BADR' },
  });
});
