import type { SingleWindowAccount, SingleWindowAccountStatus } from '@rnoce/schemas/single-window';

/** Where the accounts of a filing stand as a whole: one refused counts before one that waits; undefined without any. */
export function accountsState(
  accounts: readonly Pick<SingleWindowAccount, 'status'>[],
): SingleWindowAccountStatus | undefined {
  const order = ['refused', 'queued', 'opened'] as const satisfies readonly SingleWindowAccountStatus[];
  return order.find((wanted) => accounts.some(({ status }) => status === wanted));
}
