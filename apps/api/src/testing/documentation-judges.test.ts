import { getInvoice } from '@rnoce/schemas';
import { describe, expect, it } from 'vitest';
import { invoiceExamples } from '../features/openapi/invoice-examples.ts';
import { createAnswerJudge, kindDifferences } from './example-shapes.ts';
import { blockDisagreements, disagreements } from './quick-start.ts';

describe('an example', () => {
  const example = invoiceExamples.getInvoice.response;
  const judge = createAnswerJudge();

  it('is judged by the document: nothing beside it, nothing missing, no unknown value', () => {
    expect(judge.faults(getInvoice, 200, example)).toEqual([]);
    const { amount: _amount, ...without } = example;
    for (const wrong of [
      { ...example, colour: 'blue' },
      without,
      { ...example, status: 'settled' },
      { ...example, paidAt: '2026-11-21' },
    ])
      expect(judge.faults(getInvoice, 200, wrong)).not.toEqual([]);
  });

  it('shows no other kind of value than the truth', () => {
    const real = { id: 'FAC1', at: '2026-11-21', paidAt: null, items: [{ amount: '8.00' }] };
    expect(kindDifferences({ ...real, at: '2020-01-01', items: [{ amount: '1.50' }] }, [real])).toEqual([]);
    expect(kindDifferences({ at: '2026-11-21T08:00:00.000Z' }, [real])).toHaveLength(1);
    expect(kindDifferences({ items: [{ amount: 8 }] }, [real])).toHaveLength(1);
  });
});

describe('the quick start', () => {
  it('agrees where it says nothing else, and `…` agrees with anything that is there', () => {
    expect(disagreements({ id: '…', n: 1 }, { id: 'x', n: 1 })).toEqual([]);
    expect(disagreements({ id: '…' }, {})).toEqual(['/id: missing']);
    expect(disagreements({ n: 1 }, { n: 2 })).toEqual(['/n: 2']);
    expect(disagreements({}, { n: 2 })).toEqual(['/n: not said']);
    expect(disagreements([1], [1, 2])).toHaveLength(1);
  });

  it('shows every answer', () => {
    const commands = 'curl';
    expect(blockDisagreements({ commands, answer: undefined }, '{}')).toHaveLength(1);
    const answer = { language: 'text', text: '200\n' };
    expect(blockDisagreements({ commands, answer }, '200\r\n')).toEqual([]);
    expect(blockDisagreements({ commands, answer }, '404\n')).toHaveLength(1);
  });
});
