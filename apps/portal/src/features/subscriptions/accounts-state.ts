import {
  type SingleWindowAccount,
  type SingleWindowAccountStatus,
  singleWindowAccountStates,
} from '@rnoce/schemas/single-window';

/** Where the accounts of a filing stand as a whole: one refused counts before one that waits; undefined without any. */
export function accountsState(
  accounts: readonly Pick<SingleWindowAccount, 'status'>[],
): SingleWindowAccountStatus | undefined {
  const order = ['refused', 'queued', 'opened'] as const satisfies readonly SingleWindowAccountStatus[];
  return order.find((wanted) => accounts.some(({ status }) => status === wanted));
}

/** How often a page looks whether accounts are open, in milliseconds. */
export const askAgainEvery = 15_000;

/** Whether the single window still has to answer for somebody. */
export const awaitsAccounts = ({
  filings,
}: {
  readonly filings: readonly {
    readonly singleWindowAccounts: readonly Pick<SingleWindowAccount, 'status'>[];
  }[];
}): boolean =>
  filings.some(({ singleWindowAccounts }) =>
    singleWindowAccounts.some(({ status }) => !singleWindowAccountStates[status].settled),
  );
