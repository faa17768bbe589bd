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

  it('starts from what BADR held, until an operation turns it', () => {
    expect(accountState([], 'cancelled')).toBe('cancelled');
    expect(accountState(said('restoration in_review'), 'cancelled')).toBe('restoration_pending');
    expect(accountState(said('restoration accepted'), 'cancelled')).toBe('active');
    expect(accountState(said('restoration accepted', 'cancellation accepted'), 'cancelled')).toBe(
      'cancelled',
    );
  });

  it('is never changed by a draft or by what was rejected', () => {
    const request = fc.record({
      type: fc.constantFrom(...customsRequestTypes),
      status: fc.constantFrom(...customsRequestStatuses),
    });
    fc.assert(
      fc.property(fc.array(request), fc.constantFrom('active', 'cancelled'), (requests, initially) => {
        const counted = requests.filter(({ status }) => status === 'in_review' || status === 'accepted');
        expect(accountState(requests, initially)).toBe(accountState(counted, initially));
      }),
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
