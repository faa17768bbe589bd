import { type Authority, authorities, type FilingStatus, type SubscriptionOptions } from '@rnoce/schemas';

/** A filing that the account has already, drafts included. */
export interface Filed {
  readonly authority: Authority;
  readonly status: FilingStatus;
  /** To the account that BADR held, without an agent's decision; `controlProvenAt` is when its account showed that it acts for the operator. */
  readonly attached: boolean;
  readonly controlProvenAt: Date | null;
}

type Option = SubscriptionOptions['authorities'][number];

/**
 * What an account can choose now: nothing filed yet → both; customs sent → PortNet alone; both filed → nothing (spec/registration.md, New
 * subscription 1). PortNet alone starts from what customs was sent, so it waits for that; and what was merely attached by public facts opens nothing there. An authority that isn't open here is coming.
 */
export function subscriptionOptions(
  filed: readonly Filed[],
  open: readonly Authority[],
): SubscriptionOptions {
  const has = (authority: Authority) => filed.some((filing) => filing.authority === authority);
  const customs = filed.find(({ authority }) => authority === 'customs');
  const afterCustoms = (): Option['reason'] => {
    if (customs?.status === 'draft') return 'customs_draft';
    return customs?.attached && !customs.controlProvenAt ? 'control_not_proven' : null;
  };
  const reasonOf = (authority: Authority): Option['reason'] => {
    if (has(authority)) return 'already_filed';
    if (!open.includes(authority)) return 'coming';
    return authority === 'portnet' ? afterCustoms() : null;
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
  filed: readonly Filed[],
  open: readonly Authority[],
): boolean {
  const options = subscriptionOptions(filed, open);
  const available = (authority: Authority) =>
    options.authorities.some((option) => option.authority === authority && option.available);
  const withCustoms = chosen.includes('customs') || filed.some(({ authority }) => authority === 'customs');
  return chosen.every(available) && withCustoms;
}
