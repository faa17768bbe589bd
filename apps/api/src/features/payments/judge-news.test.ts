import type { AttemptStatus, OrderStatus } from '@rnoce/schemas';
import { attemptStates, attemptStatuses, orderStates, orderStatuses } from '@rnoce/schemas/payment-states';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { news, situation } from '../../testing/news.ts';
import { judgeNews } from './judge-news.ts';
import type { News, Situation, Verdict } from './verdict.ts';

/** What stands in our books about one attempt. */
interface Books {
  order: OrderStatus;
  attempt: AttemptStatus;
  settled: boolean;
  refund: 'none' | 'due' | 'done';
}

function book(books: Books, verdict: Verdict): void {
  books.attempt = verdict.attempt.at(-1) ?? books.attempt;
  books.order = verdict.order.at(-1) ?? books.order;
  if (verdict.invoices === 'settle') {
    if (books.settled) throw new Error('settled twice');
    books.settled = true;
  }
  if (verdict.invoices === 'release') books.settled = false;
  if (verdict.refund) books.refund = verdict.refund;
}

const newBooks = (): Books => ({ order: 'pending', attempt: 'redirected', settled: false, refund: 'none' });
const situationOf = (books: Books, changes: Partial<Situation> = {}): Situation =>
  situation({
    order: books.order,
    attempt: books.attempt,
    settles: books.settled,
    refundDue: books.refund === 'due',
    refundKnown: books.refund !== 'none',
    ...changes,
    invoices: books.settled ? 'ours' : (changes.invoices ?? 'payable'),
  });

const said = fc.constantFrom<News['says']>(
  'authorised',
  'captured',
  'refused',
  'cancelled',
  'expired',
  'voided',
  'refunded',
  'reversed',
  'none',
  'pending',
  'unknown',
);
const anyNews = fc.record<News>({
  source: fc.constantFrom('callback', 'inquiry', 'capture', 'void', 'settlement_file', 'agent'),
  says: said,
  trust: fc.constantFrom('verified', 'unverified', 'must_inquire'),
  money: fc.constantFrom('exact', 'wrong_amount', 'wrong_currency', 'unsaid'),
  transaction: fc.constantFrom('same', 'another', 'unsaid'),
  bookedAlready: fc.boolean(),
  underWay: fc.boolean(),
  givenUp: fc.boolean(),
  live: fc.boolean(),
});
const holdsOwn: ReadonlySet<AttemptStatus> = new Set(['capture_requested', 'captured']);
/** Any situation that the books can hold: an attempt settles only while it holds the money, and an order is paid only when it is settled. */
const anySituation = fc
  .record({
    order: fc.constantFrom(...orderStatuses),
    attempt: fc.constantFrom(...attemptStatuses),
    kind: fc.constantFrom('redirect' as const, 'reference' as const),
    hasReference: fc.boolean(),
    invoices: fc.constantFrom('payable' as const, 'lost' as const, 'changed' as const),
    mine: fc.boolean(),
    refundDue: fc.boolean(),
    otherOwnRefundsDue: fc.boolean(),
    refundKnown: fc.boolean(),
    refundMade: fc.boolean(),
    otherRefundsDue: fc.boolean(),
    otherOpen: fc.boolean(),
    over: fc.boolean(),
    mayStillPay: fc.boolean(),
    namesPayments: fc.boolean(),
  })
  .map(({ mine, ...rest }): Situation => {
    const settles =
      rest.order === 'paid' && (rest.attempt === 'capture_requested' || (mine && holdsOwn.has(rest.attempt)));
    return {
      ...rest,
      settles,
      invoices: rest.order === 'paid' ? 'ours' : rest.invoices,
      refundDue: rest.refundDue && !settles,
    };
  })
  // An authorisation that we asked to capture is one that settled.
  .filter(({ attempt, settles }) => attempt !== 'capture_requested' || settles);

describe('any news in any situation', () => {
  it('moves states along their tables alone', () => {
    fc.assert(
      fc.property(anySituation, anyNews, (before, told) => {
        const verdict = judgeNews(before, told);
        for (const [states, from, moves] of [
          [attemptStates, before.attempt, verdict.attempt],
          [orderStates, before.order, verdict.order],
        ] as const)
          moves.reduce<string>((state, next) => {
            expect((states as Record<string, { to: readonly string[] }>)[state]?.to).toContain(next);
            return next;
          }, from);
      }),
      { numRuns: 5000 },
    );
  });

  it('settles only unpaid invoices, with the exact amount, on a verified word about money', () => {
    fc.assert(
      fc.property(anySituation, anyNews, (before, told) => {
        const verdict = judgeNews(before, told);
        const settles = verdict.invoices === 'settle';
        const exact = told.money === 'exact';
        const aboutMoney = told.says === 'authorised' || told.says === 'captured';
        const rightly = before.invoices === 'payable' && told.trust === 'verified' && aboutMoney && exact;
        expect(!settles || rightly).toBe(true);
        expect(verdict.order.includes('paid')).toBe(settles);
        expect(verdict.invoices !== 'release' || before.settles).toBe(true);
        // The word that captures is said of money that settles, and of nothing else.
        const captures = verdict.answer === 'take' && told.says === 'authorised';
        expect(!captures || settles || holdsOwn.has(before.attempt)).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it('moves nothing when it is unverified, or only makes us ask', () => {
    fc.assert(
      fc.property(
        anySituation,
        anyNews.filter(({ trust }) => trust !== 'verified'),
        (before, told) => {
          const { invoices, refund, order, ask, answer } = judgeNews(before, told);
          expect({ invoices, refund, order, ask }).toEqual({ order: [], ask: 'inquire' });
          expect(answer).not.toBe('take');
        },
      ),
    );
  });

  it('never forgets money that a gateway has taken', () => {
    fc.assert(
      fc.property(anySituation, fc.boolean(), (before, exact) => {
        const held = before.attempt === 'captured' || before.attempt.startsWith('refund');
        const told = news('captured', { money: exact ? 'exact' : 'wrong_amount' });
        const { attempt, invoices, refund } = judgeNews(before, told);
        if (held) return;
        expect(attempt.at(-1)).toBe('captured');
        const stands = before.settles && invoices !== 'release';
        expect([stands, invoices === 'settle', refund === 'due'].filter(Boolean)).toHaveLength(1);
      }),
      { numRuns: 3000 },
    );
  });

  it('never forgets other money of a reference that holds some', () => {
    fc.assert(
      fc.property(anySituation, fc.boolean(), (before, exact) => {
        fc.pre(before.attempt === 'captured' || before.attempt.startsWith('refund'));
        const told = news('captured', { transaction: 'another', money: exact ? 'exact' : 'wrong_amount' });
        const { attempt, invoices, refund } = judgeNews(before, told);
        const taken = [invoices === 'settle', refund === 'due'].filter(Boolean).length;
        expect(taken).toBe(before.refundKnown ? 0 : 1);
        expect(attempt.at(-1) ?? before.attempt).not.toBe(taken === 1 ? 'refunded' : '');
        expect(judgeNews(before, { ...told, bookedAlready: true }).refund).toBeUndefined();
      }),
      { numRuns: 3000 },
    );
  });

  it('heard again changes nothing more', () => {
    fc.assert(
      fc.property(said, fc.constantFrom('callback' as const, 'inquiry' as const), (says, source) => {
        const books = newBooks();
        book(books, judgeNews(situationOf(books), news(says, { source })));
        const once = { ...books };
        for (let times = 0; times < 3; times += 1)
          book(books, judgeNews(situationOf(books), news(says, { source })));
        expect(books).toEqual(once);
      }),
    );
  });
});

/** A card at CMI as it really stands there, with the messages under way. */
type CardStep =
  | 'refuse'
  | 'accept'
  | 'deliver'
  | 'deliver_in_vain'
  | 'repeat'
  | 'inquire'
  | 'give_up'
  | 'time_over'
  | 'other_pays'
  | 'bank_voids';
class Card {
  readonly books = newBooks();
  truth: 'none' | 'refused' | 'authorised' | 'captured' | 'voided' = 'none';
  readonly #sent: News[] = [];
  readonly #heard: News[] = [];
  #lost = false;
  #over = false;

  run(step: CardStep): void {
    switch (step) {
      case 'refuse':
      case 'accept':
        if (this.truth !== 'none' && this.truth !== 'refused') return;
        this.truth = step === 'accept' ? 'authorised' : 'refused';
        this.#sent.push(
          news(step === 'accept' ? 'authorised' : 'refused', { source: 'callback', live: true }),
        );
        return;
      case 'deliver':
      case 'deliver_in_vain': {
        // The last one first: reordered as badly as can be.
        const message = this.#sent.pop();
        if (message) {
          this.#heard.push(message);
          this.hear(message, step === 'deliver');
        }
        return;
      }
      case 'repeat': {
        const [message] = this.#heard;
        if (message) this.hear(message);
        return;
      }
      case 'inquire':
        this.hear(news(this.truth));
        return;
      case 'give_up':
        if (!orderStates[this.books.order].closed) this.hear(news(this.truth, { givenUp: true }));
        return;
      case 'time_over':
        this.#over = true;
        this.hear(news(this.truth));
        return;
      case 'other_pays':
        this.#lost = !this.books.settled;
        return;
      case 'bank_voids':
        if (this.truth === 'captured') this.truth = 'voided';
    }
  }

  /** `answered`: our answer reaches the gateway. */
  hear(message: News, answered = true): void {
    const verdict = judgeNews(
      situationOf(this.books, { over: this.#over, invoices: this.#lost ? 'lost' : 'payable' }),
      message,
    );
    book(this.books, verdict);
    const captures = answered && message.live && verdict.answer === 'take' && message.says === 'authorised';
    if (this.truth === 'authorised' && (captures || verdict.ask === 'capture')) this.truth = 'captured';
    if (this.truth === 'authorised' && verdict.ask === 'void') this.truth = 'voided';
  }

  /** All messages arrive, and the sweep asks until nothing changes. */
  end(): void {
    while (this.#sent.length > 0) this.run('deliver');
    for (let times = 0; times < 4; times += 1) this.run('inquire');
  }
}

const cardSteps = fc.array(
  fc.constantFrom<CardStep>(
    'refuse',
    'accept',
    'deliver',
    'deliver_in_vain',
    'repeat',
    'inquire',
    'give_up',
    'time_over',
    'other_pays',
    'bank_voids',
  ),
  { maxLength: 25 },
);

describe('a card, whatever happens to it and to its messages', () => {
  it('is captured when it settles, and given up when it doesn’t', () => {
    fc.assert(
      fc.property(cardSteps, (steps) => {
        const card = new Card();
        for (const step of steps) card.run(step);
        card.end();
        const { books, truth } = card;
        expect(truth).not.toBe('authorised');
        expect(books.settled).toBe(truth === 'captured');
        expect(books.order === 'paid').toBe(books.settled);
        expect(books.refund).toBe('none');
      }),
      { numRuns: 5000 },
    );
  });

  it('ends in the same money by any order of its news', () => {
    const told: readonly News[] = [
      news('refused', { source: 'callback' }),
      news('refused', { source: 'callback' }),
      news('authorised', { source: 'callback', live: true }),
      news('authorised', { source: 'callback', live: true }),
      news('none'),
      news('none', { givenUp: true }),
      news('refused'),
      news('unknown'),
      news('authorised'),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray([...told], { minLength: told.length }), fc.boolean(), (order, over) => {
        const books = newBooks();
        for (const one of order) book(books, judgeNews(situationOf(books, { over }), one));
        expect(books).toEqual({ order: 'paid', attempt: 'capture_requested', settled: true, refund: 'none' });
      }),
      { numRuns: 2000 },
    );
  });
});

/** Money that only ever comes taken: a reference, a code, a debit. */
type TakenStep = 'pay' | 'take_back' | 'notice' | 'inquire' | 'give_up' | 'time_over' | 'other_pays';

describe('money that comes taken, whatever happens to it', () => {
  it('settles, or is due back, or was given back', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom<TakenStep>(
            'pay',
            'take_back',
            'notice',
            'inquire',
            'give_up',
            'time_over',
            'other_pays',
          ),
          { maxLength: 25 },
        ),
        (steps) => {
          const books: Books = { ...newBooks(), attempt: 'reference_out' };
          const at: { truth: 'pending' | 'captured' | 'reversed' } = { truth: 'pending' };
          let over = false;
          let lost = false;
          const hear = (message: News) =>
            book(
              books,
              judgeNews(
                situationOf(books, {
                  kind: 'reference',
                  hasReference: true,
                  over,
                  invoices: lost ? 'lost' : 'payable',
                }),
                message,
              ),
            );
          const run = (step: TakenStep) => {
            if (step === 'pay' && at.truth === 'pending') at.truth = 'captured';
            if (step === 'take_back' && at.truth === 'captured') at.truth = 'reversed';
            if (step === 'time_over') over = true;
            if (step === 'other_pays') lost = !books.settled;
            if (step === 'notice') hear(news('captured', { source: 'callback', trust: 'must_inquire' }));
            if (step === 'inquire') hear(news(at.truth));
            if (step === 'give_up' && !orderStates[books.order].closed)
              hear(news(at.truth, { givenUp: true }));
          };
          for (const step of steps) run(step);
          run('inquire');
          run('inquire');
          const held = [books.settled, books.refund === 'due'].filter(Boolean).length;
          expect(held).toBe(at.truth === 'captured' ? 1 : 0);
          expect(books.order === 'paid').toBe(books.settled);
        },
      ),
      { numRuns: 5000 },
    );
  });
});

describe('an authorisation', () => {
  const authorised = news('authorised', { source: 'callback', live: true });
  it.each([
    ['lost', 'lost_to_another_order'],
    ['changed', 'invoice_changed'],
  ] as const)('whose invoices are %s is given up at once', (invoices, cause) => {
    expect(judgeNews(situation({ invoices }), authorised)).toMatchObject({
      attempt: ['authorised', 'void_requested'],
      order: ['failed'],
      cause,
      ask: 'void',
      answer: 'do_not_take',
    });
  });

  it('told again after it was voided is no money; another transaction is', () => {
    const voided = situation({ attempt: 'voided', order: 'failed' });
    expect(judgeNews(voided, authorised)).toEqual({ attempt: [], order: [], answer: 'do_not_take' });
    expect(judgeNews(voided, news('authorised', { transaction: 'another' })).invoices).toBe('settle');
  });

  it.each(['capture_requested', 'captured'] as const)(
    'by another transaction isn’t taken when the first is %s: the payer pays once',
    (attempt) => {
      const paid = situation({ attempt, order: 'paid', invoices: 'ours', settles: true });
      expect(judgeNews(paid, { ...authorised, transaction: 'another' })).toEqual({
        attempt: [],
        order: [],
        answer: 'do_not_take',
        anomaly: 'gap_state',
      });
      expect(judgeNews(paid, authorised).answer).toBe('take');
    },
  );

  it('of which nobody heard our answer is captured by an order of its own', () => {
    expect(judgeNews(situation(), { ...authorised, live: false })).toMatchObject({ ask: 'capture' });
    expect(judgeNews(situation(), authorised).ask).toBeUndefined();
  });
});

describe('what a person reads', () => {
  it.each([
    [
      'the last try was refused',
      { attempt: 'refused', over: true },
      news('refused'),
      'failed',
      'gateway_refused',
    ],
    ['nobody ever paid', { over: true }, news('none'), 'expired', 'time_over'],
    ['the payer gave up', {}, news('pending', { givenUp: true }), 'cancelled', 'payer_cancelled'],
    ['the gateway cancelled it', {}, news('cancelled'), 'cancelled', 'inquiry'],
    [
      'the gateway never made it',
      { attempt: 'unknown', kind: 'reference' },
      news('none'),
      'failed',
      'gateway_unavailable',
    ],
  ] as const)('when %s', (_, given, told, order, cause) => {
    expect(judgeNews(situation(given), told)).toMatchObject({
      attempt: ['abandoned'],
      order: [order],
      cause,
    });
  });

  it('a refusal that is sent closes nothing, also past the end: money may have come after it, and the gateway is asked', () => {
    const late = news('refused', { source: 'callback' });
    for (const [attempt, moves] of [
      ['redirected', ['refused']],
      ['refused', []],
    ] as const)
      expect(judgeNews(situation({ attempt, over: true }), late)).toMatchObject({
        attempt: moves,
        order: [],
        ask: 'inquire',
        answer: 'acknowledge',
      });
  });

  it('an order stays open while another attempt may bring money, or a debit is under way', () => {
    expect(judgeNews(situation({ over: true, otherOpen: true }), news('none'))).toMatchObject({
      attempt: ['abandoned'],
      order: [],
    });
    expect(judgeNews(situation({ over: true }), news('pending', { underWay: true }))).toMatchObject({
      attempt: [],
      order: [],
    });
  });
});
