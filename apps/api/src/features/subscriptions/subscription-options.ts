import { type Authority, authorities, type SubscriptionOptions } from '@rnoce/schemas';

/**
 * What an account can choose now: nothing filed yet → both; customs filed → PortNet alone; both filed → nothing
 * (spec/registration.md, New subscription 1). An authority that isn't open yet is shown as coming.
 */
export function subscriptionOptions(
  filed: readonly Authority[],
  open: readonly Authority[] = authorities,
): SubscriptionOptions {
  const reasonOf = (authority: Authority) => {
    if (filed.includes(authority)) return 'already_filed';
    return open.includes(authority) ? null : 'coming';
  };
  return {
    authorities: authorities.map((authority) => {
      const reason = reasonOf(authority);
      return { authority, available: reason === null, reason };
    }),
    updateOnly: reasonOf('customs') === null,
  };
}

/** Whether these authorities can be chosen together now; PortNet goes with customs, chosen here or filed before. */
export function canChoose(
  chosen: readonly Authority[],
  filed: readonly Authority[],
  open: readonly Authority[] = authorities,
): boolean {
  const options = subscriptionOptions(filed, open);
  const available = (authority: Authority) =>
    options.authorities.some((option) => option.authority === authority && option.available);
  return chosen.every(available) && (chosen.includes('customs') || filed.includes('customs'));
}
