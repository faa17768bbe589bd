import type { Authority } from '@rnoce/schemas';
import { describe, expect, it } from 'vitest';
import { canChoose, subscriptionOptions } from './subscription-options.ts';

const both: Authority[] = ['customs', 'portnet'];
const available = (filed: Authority[], open: Authority[]) =>
  subscriptionOptions(filed, open)
    .authorities.filter((option) => option.available)
    .map(({ authority }) => authority);

describe('what an account can choose', () => {
  it.each([
    [[], ['customs', 'portnet'], true],
    [['customs'], ['portnet'], false],
    [['customs', 'portnet'], [], false],
  ] satisfies [Authority[], Authority[], boolean][])(
    'once both are open, having filed %j, is %j',
    (filed, expected, updateOnly) => {
      expect(available(filed, both)).toEqual(expected);
      expect(subscriptionOptions(filed, both).updateOnly).toBe(updateOnly);
    },
  );

  it.each([
    [['customs'], [], true],
    [['customs', 'portnet'], [], true],
    [['portnet'], [], false],
    [['portnet'], ['customs'], true],
    [['customs'], ['customs'], false],
    [['customs', 'portnet'], ['customs'], false],
  ] satisfies [Authority[], Authority[], boolean][])(
    '%j together, having filed %j: %s',
    (chosen, filed, can) => {
      expect(canChoose(chosen, filed, both)).toBe(can);
    },
  );

  it('says why not', () => {
    expect(subscriptionOptions(['customs'], ['customs']).authorities).toEqual([
      { authority: 'customs', available: false, reason: 'already_filed' },
      { authority: 'portnet', available: false, reason: 'coming' },
    ]);
  });
});
