import type { CustomsRequestDossier } from '@rnoce/schemas/customs-requests';
import { expect, test } from 'vitest';
import { changedBetween } from './changed-between.ts';

type Change = CustomsRequestDossier['changes'][number];
const change = (item: string, now: Change['now']): Change => ({
  item,
  kind: 'changed',
  before: 'a',
  asked: 'b',
  now,
  overtaken: false,
  verdict: null,
});
const reading = (changes: Change[], accountStatus: 'active' | 'cancelled' | null = 'active') => ({
  changes,
  registry: { status: 'registered' as const, readAt: null, accountStatus },
  endorsements: [],
});

test('two readings that say the same differ in nothing', () => {
  const { values, account, endorsements } = changedBetween(
    reading([change('company.legalName', 'a')]),
    reading([change('company.legalName', 'a')]),
  );
  expect([values, account, endorsements]).toEqual([[], false, []]);
});

test('what BADR holds otherwise, the account it closed and who accepted meanwhile are told', () => {
  const colleague = {
    agentId: 'agent',
    agentName: 'Salma',
    at: '2026-11-22T09:00:00Z',
  } as unknown as CustomsRequestDossier['endorsements'][number];
  const { values, account, endorsements } = changedBetween(
    reading([change('company.legalName', 'a'), change('company.address', 'x')]),
    {
      ...reading([change('company.legalName', 'c'), change('company.address', 'x')], 'cancelled'),
      endorsements: [colleague],
    },
  );
  expect(values.map(({ change: { item }, held }) => [item, held])).toEqual([['company.legalName', 'a']]);
  expect(account).toBe(true);
  expect(endorsements).toEqual([colleague]);
});

test('a first reading of the account is no change of it', () => {
  expect(changedBetween(reading([], null), reading([])).account).toBe(false);
});

test('a second acceptance by a system is told, though no agent’s id tells it from the first', () => {
  const system = (at: string): CustomsRequestDossier['endorsements'][number] => ({
    agentId: null,
    agentName: 'Système de la douane',
    at,
  });
  const [first, second] = [system('2026-11-22T09:00:00Z'), system('2026-11-22T10:00:00Z')];
  const { endorsements } = changedBetween(
    { ...reading([]), endorsements: [first] },
    { ...reading([]), endorsements: [first, second] },
  );
  expect(endorsements).toEqual([second]);
});
