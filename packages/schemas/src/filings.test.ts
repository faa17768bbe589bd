import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  authoritiesOpen,
  DecisionBody,
  FieldPath,
  type FilingStatus,
  filingStatuses,
  filingTransitions,
  type HistoryEntry,
  Reason,
} from './filings.ts';
import { validate } from './issues.ts';
import type { Authority } from './operator-types.ts';

describe('filingTransitions', () => {
  const transitions = Object.values(filingTransitions);

  it('allows what the specification names, and nothing else', () => {
    const allowed = new Set(transitions.map(({ from, to }) => `${from} → ${to}`));
    expect([...allowed].toSorted()).toEqual([
      'draft → in_review',
      'draft → validated',
      'in_review → incomplete',
      'in_review → validated',
      'incomplete → in_review',
      'incomplete → incomplete',
    ]);
  });

  it('never leaves a validated filing', () => {
    expect(transitions.some(({ from }) => (from as FilingStatus) === 'validated')).toBe(false);
  });

  it('lets only an operator send, and only an agent or an integrator decide', () => {
    for (const { from, by } of transitions) {
      expect(by).toEqual(from === 'in_review' ? ['agent', 'integrator'] : ['operator']);
    }
  });

  it('reaches every status from a draft', () => {
    const reached = new Set<FilingStatus>(['draft']);
    for (let round = 0; round < filingStatuses.length; round += 1) {
      for (const { from, to } of transitions) if (reached.has(from)) reached.add(to);
    }
    expect(reached).toEqual(new Set(filingStatuses));
  });
});

describe('DecisionBody', () => {
  const reason = { about: { document: 'ice' }, cause: 'mismatch', text: 'Document ICE incorrect' };
  it.each([
    [{ outcome: 'validated' }, []],
    [{ outcome: 'incomplete', reasons: [reason] }, []],
    [{ outcome: 'incomplete', reasons: [] }, ['/reasons required']],
    [{ outcome: 'validated', reasons: [reason] }, ['/reasons forbidden']],
    [{ outcome: 'incomplete', reasons: [{ cause: 'other', text: ' ' }] }, ['/reasons/0/text required']],
    [
      { outcome: 'incomplete', reasons: [{ about: { document: 'sword' }, cause: 'expired' }] },
      ['/reasons/0/about invalid'],
    ],
    [{ outcome: 'perhaps' }, ['/outcome not_in_list']],
  ])('%j', (body, expected) => {
    expect(validate(DecisionBody, body).issues.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(
      expected,
    );
  });

  it.each(['company.legalName', 'managers.0.idNumber', 'managers.12.lastName'])(
    'reads %s as a field',
    (path) => {
      expect(FieldPath.safeParse(path).success).toBe(true);
    },
  );

  it('refuses any other path', () => {
    fc.assert(
      fc.property(fc.string(), (path) => {
        fc.pre(!/^(company|managers)\./.test(path));
        expect(FieldPath.safeParse(path).success).toBe(false);
      }),
    );
    for (const path of ['company.__proto__', 'managers.x.lastName', 'managers.0.sword', 'company']) {
      expect(FieldPath.safeParse(path).success).toBe(false);
    }
  });

  it('keeps a text of 1,000 characters and no more', () => {
    expect(validate(Reason, { cause: 'other', text: 'x'.repeat(1000) }).issues).toEqual([]);
    expect(validate(Reason, { cause: 'other', text: 'x'.repeat(1001) }).issues).toMatchObject([
      { code: 'too_long' },
    ]);
  });
});

describe('the authorities that a form is open to', () => {
  const told = (event: HistoryEntry['event']): HistoryEntry => ({
    event,
    at: '2026-11-22T10:00:00.000Z',
    actor: 'operator',
    actorName: null,
    from: null,
    to: 'incomplete',
    reasons: [],
    emailChanges: [],
    note: null,
  });
  const filing = (authority: Authority, status: FilingStatus, ...events: HistoryEntry['event'][]) => ({
    authority,
    status,
    history: events.map(told),
  });

  it.each([
    [
      [filing('customs', 'draft', 'created'), filing('portnet', 'draft', 'created')],
      ['customs', 'portnet'],
    ],
    [[filing('customs', 'in_review', 'submitted'), filing('portnet', 'validated', 'validated')], []],
    [[filing('customs', 'incomplete', 'returned')], []],
    [
      [filing('customs', 'incomplete', 'returned', 'reopened'), filing('portnet', 'in_review', 'submitted')],
      ['customs'],
    ],
    [
      [filing('customs', 'incomplete', 'returned', 'reopened'), filing('portnet', 'incomplete', 'returned')],
      ['customs'],
    ],
    [
      [filing('customs', 'validated', 'validated'), filing('portnet', 'incomplete', 'returned', 'reopened')],
      ['portnet'],
    ],
    [[filing('customs', 'incomplete', 'returned', 'reopened', 'resubmitted', 'returned')], []],
  ])('%#', (filings, expected) => {
    expect(authoritiesOpen(filings)).toEqual(expected);
  });
});
