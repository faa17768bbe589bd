import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accountState,
  accountStates,
  type CustomsRequestStatus,
  type CustomsRequestType,
  customsRequestStatuses,
  customsRequestTypes,
  operationRefusal,
} from './customs-account.ts';

const said = (...words: string[]) =>
  words.map((word) => {
    const [type, status] = word.split(' ') as [CustomsRequestType, CustomsRequestStatus];
    return { type, status };
  });

describe('the state of an account', () => {
  it.each([
    { requests: [], is: 'active' },
    { requests: ['update draft', 'cancellation draft', 'restoration draft'], is: 'active' },
    { requests: ['update in_review'], is: 'update_pending' },
    { requests: ['update accepted'], is: 'active' },
    { requests: ['update rejected'], is: 'active' },
    { requests: ['update in_review', 'cancellation in_review'], is: 'cancellation_pending' },
    { requests: ['cancellation rejected'], is: 'active' },
    { requests: ['cancellation accepted'], is: 'cancelled' },
    { requests: ['cancellation accepted', 'restoration in_review'], is: 'restoration_pending' },
    { requests: ['cancellation accepted', 'restoration rejected'], is: 'cancelled' },
    { requests: ['cancellation accepted', 'restoration accepted'], is: 'active' },
    {
      requests: ['cancellation accepted', 'restoration accepted', 'cancellation in_review'],
      is: 'cancellation_pending',
    },
    {
      requests: ['cancellation accepted', 'restoration accepted', 'cancellation accepted'],
      is: 'cancelled',
    },
  ])('$requests: $is', ({ requests, is }) => {
    expect(accountState(said(...requests))).toBe(is);
  });

  const word = (status: 'active' | 'cancelled', hour = 12) => ({
    status,
    readAt: new Date(Date.UTC(2026, 10, 22, hour)),
  });
  const made = (type: 'cancellation' | 'restoration', effectStatus: string, hour = 12) => ({
    type,
    status: 'accepted' as const,
    effectStatus,
    effectAt: word('active', hour).readAt,
  });

  it('starts from what BADR holds, until an operation turns it', () => {
    expect(accountState([], word('cancelled'))).toBe('cancelled');
    expect(accountState(said('restoration in_review'), word('cancelled'))).toBe('restoration_pending');
    expect(accountState(said('restoration accepted'), word('cancelled'))).toBe('active');
    expect(accountState(said('restoration accepted', 'cancellation accepted'), word('active'))).toBe(
      'cancelled',
    );
  });

  it('is what BADR says since the operation was made there: customs close and open accounts themselves', () => {
    const closed = made('cancellation', 'applied');
    expect(accountState([closed], word('active', 11))).toBe('cancelled');
    expect(accountState([closed], word('active', 12))).toBe('cancelled');
    expect(accountState([closed], word('active', 13))).toBe('active');
    expect(accountState([made('restoration', 'applied')], word('cancelled', 13))).toBe('cancelled');
  });

  it.each(['queued', 'overtaken', 'refused'])('is what was decided while the operation is %s', (effect) => {
    expect(accountState([made('cancellation', effect)], word('active', 13))).toBe('cancelled');
    expect(accountState([made('restoration', effect)], word('cancelled', 13))).toBe('active');
  });

  it('is never changed by a draft or by what was rejected', () => {
    const request = fc.record({
      type: fc.constantFrom(...customsRequestTypes),
      status: fc.constantFrom(...customsRequestStatuses),
    });
    fc.assert(
      fc.property(
        fc.array(request),
        fc.constantFrom(word('active'), word('cancelled')),
        (requests, initially) => {
          const counted = requests.filter(({ status }) => status === 'in_review' || status === 'accepted');
          expect(accountState(requests, initially)).toBe(accountState(counted, initially));
        },
      ),
    );
  });
});

describe('what may be asked', () => {
  it('is an update or a cancellation of an active account, and nothing but its restoration of a cancelled one', () => {
    const allowed = accountStates.map((state) => [
      state,
      customsRequestTypes.filter((type) => operationRefusal(state, type) === null),
    ]);
    expect(Object.fromEntries(allowed)).toEqual({
      active: ['update', 'cancellation'],
      // The guide's N.B. forbids an update beside a cancellation, and not the other way round.
      update_pending: ['cancellation'],
      cancellation_pending: [],
      cancelled: ['restoration'],
      restoration_pending: [],
    });
  });

  it('is refused with what stands in the way', () => {
    expect(operationRefusal('cancellation_pending', 'update')).toBe('cancellation_pending');
    expect(operationRefusal('cancelled', 'update')).toBe('account_cancelled');
    expect(operationRefusal('active', 'restoration')).toBe('account_not_cancelled');
    expect(operationRefusal('restoration_pending', 'restoration')).toBe('restoration_pending');
  });
});
