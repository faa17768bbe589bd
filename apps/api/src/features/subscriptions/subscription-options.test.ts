import type { Authority } from '@rnoce/schemas';
import { describe, expect, it } from 'vitest';
import { canChoose, type Filed, subscriptionOptions } from './subscription-options.ts';

const both: Authority[] = ['customs', 'portnet'];
const decided = { attached: false, controlProvenAt: null };
const filedAs = (customs?: Filed['status'], portnet?: Filed['status']): Filed[] => [
  ...(customs ? [{ authority: 'customs', status: customs, ...decided } as const] : []),
  ...(portnet ? [{ authority: 'portnet', status: portnet, ...decided } as const] : []),
];
const attachedAt = (controlProvenAt: Date | null): Filed[] => [
  { authority: 'customs', status: 'validated', attached: true, controlProvenAt },
];
const reasons = (filed: Filed[], open: Authority[]) =>
  subscriptionOptions(filed, open).authorities.map(({ available, reason }) =>
    available ? 'available' : reason,
  );

describe('what an account can choose', () => {
  it.each([
    [filedAs(), both, ['available', 'available'], true],
    [filedAs('draft'), both, ['already_filed', 'customs_draft'], false],
    [filedAs('in_review'), both, ['already_filed', 'available'], false],
    [filedAs('incomplete'), both, ['already_filed', 'available'], false],
    [filedAs('validated'), both, ['already_filed', 'available'], false],
    [attachedAt(null), both, ['already_filed', 'control_not_proven'], false],
    [attachedAt(new Date()), both, ['already_filed', 'available'], false],
    [filedAs('draft', 'draft'), both, ['already_filed', 'already_filed'], false],
    [filedAs('validated', 'incomplete'), both, ['already_filed', 'already_filed'], false],
    [filedAs(), ['customs'], ['available', 'coming'], true],
    [filedAs('draft'), ['customs'], ['already_filed', 'coming'], false],
    [filedAs('validated'), ['customs'], ['already_filed', 'coming'], false],
  ] satisfies [Filed[], Authority[], (string | null)[], boolean][])(
    'having filed %j, with %j open here',
    (filed, open, expected, updateOnly) => {
      expect(reasons(filed, open)).toEqual(expected);
      expect(subscriptionOptions(filed, open).updateOnly).toBe(updateOnly);
    },
  );

  it.each([
    [['customs'], filedAs(), both, true],
    [['customs', 'portnet'], filedAs(), both, true],
    [['portnet'], filedAs(), both, false],
    [['portnet'], filedAs('draft'), both, false],
    [['portnet'], filedAs('in_review'), both, true],
    [['portnet'], filedAs('validated'), both, true],
    [['portnet'], attachedAt(null), both, false],
    [['portnet'], attachedAt(new Date()), both, true],
    [['portnet'], filedAs('validated', 'draft'), both, false],
    [['customs'], filedAs('validated'), both, false],
    [['customs', 'portnet'], filedAs('validated'), both, false],
    [['portnet'], filedAs('validated'), ['customs'], false],
    [['customs', 'portnet'], filedAs(), ['customs'], false],
    [['customs'], filedAs(), ['customs'], true],
  ] satisfies [Authority[], Filed[], Authority[], boolean][])(
    '%j together, having filed %j, with %j open here: %s',
    (chosen, filed, open, can) => {
      expect(canChoose(chosen, filed, open)).toBe(can);
    },
  );
});
