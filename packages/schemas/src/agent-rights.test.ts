import { expect, test } from 'vitest';
import { agentRoles, may } from './agent-rights.ts';
import { authorities } from './operator-types.ts';

const rights = ['readFilings', 'decideFilings', 'followPayments', 'publishInvoices'] as const;
const table = {
  decider: [true, true, false, false],
  finance: [false, false, true, true],
  administrator: [true, false, true, true],
} as const;
const cases = agentRoles.flatMap((role) =>
  authorities.flatMap((authority) =>
    rights.map((right, at) => ({ role, authority, right, expected: table[role][at] })),
  ),
);

test.each(cases)('$role of $authority, $right: $expected', ({ role, authority, right, expected }) => {
  const agent = { role, authority };
  expect(may(agent, right)).toBe(expected);
});
