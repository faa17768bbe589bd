/** The state of a customs account, and what may be asked of it: one table, without zod, that API and every screen read the same. */

export const customsRequestTypes = ['update', 'cancellation', 'restoration'] as const;
export type CustomsRequestType = (typeof customsRequestTypes)[number];

export const customsRequestStatuses = ['draft', 'in_review', 'accepted', 'rejected'] as const;
export type CustomsRequestStatus = (typeof customsRequestStatuses)[number];

export const accountStates = [
  'active',
  'update_pending',
  'cancellation_pending',
  'cancelled',
  'restoration_pending',
] as const;
export type AccountState = (typeof accountStates)[number];

/** Why an operation can't be asked for; each has its sentence, `reference:operation-refusal.<code>`. */
export const operationRefusals = [
  'update_pending',
  'cancellation_pending',
  'restoration_pending',
  'account_cancelled',
  'account_not_cancelled',
  /** Customs validated the filing, and BADR hasn't taken its record yet. */
  'not_registered',
  /** The account never showed that it acts for the operator: a code sent to BADR's address, or an agent's decision. */
  'control_not_proven',
] as const;
export type OperationRefusal = (typeof operationRefusals)[number];

/**
 * What each state lets the operator ask for (spec/registration.md, Operations on a customs account). A cancellation may be asked for while an
 * update waits: it is the cancellation's acceptance that closes the update.
 */
export const accountStateRules = {
  active: { update: 'allowed', cancellation: 'allowed', restoration: 'account_not_cancelled' },
  update_pending: { update: 'update_pending', cancellation: 'allowed', restoration: 'account_not_cancelled' },
  cancellation_pending: {
    update: 'cancellation_pending',
    cancellation: 'cancellation_pending',
    restoration: 'account_not_cancelled',
  },
  cancelled: { update: 'account_cancelled', cancellation: 'account_cancelled', restoration: 'allowed' },
  restoration_pending: {
    update: 'account_cancelled',
    cancellation: 'account_cancelled',
    restoration: 'restoration_pending',
  },
} as const satisfies Record<AccountState, Record<CustomsRequestType, 'allowed' | OperationRefusal>>;

/** A request as far as the account's state depends on it. */
interface StatedRequest {
  readonly type: CustomsRequestType;
  readonly status: CustomsRequestStatus;
  /** What became of an accepted one at BADR, `applied` when it was made there, and when. */
  readonly effectStatus?: string | null;
  readonly effectAt?: Date | null;
}

/** What BADR said of the account when it was last read: customs close and open accounts by themselves too. */
export interface RegistryWord {
  readonly status: 'active' | 'cancelled';
  readonly readAt: Date;
}

/** Whether what BADR said is of after the operation was made there; while it waits, the decision is the word. */
const isSince = ({ readAt }: RegistryWord, { effectStatus, effectAt }: StatedRequest): boolean =>
  effectStatus === 'applied' && Boolean(effectAt && readAt > effectAt);

/**
 * The account's state, from its requests in the order in which they were decided or, undecided, sent, and from what BADR said last: the newer of
 * the last operation that BADR made and of that word decides. A draft changes nothing.
 */
export function accountState(
  requests: readonly StatedRequest[],
  word: RegistryWord | null = null,
): AccountState {
  const turn = requests.findLast(({ type, status }) => type !== 'update' && status === 'accepted');
  const cancelled =
    turn && !(word && isSince(word, turn)) ? turn.type === 'cancellation' : word?.status === 'cancelled';
  const isPending = (type: CustomsRequestType) =>
    requests.some((request) => request.type === type && request.status === 'in_review');
  if (cancelled) return isPending('restoration') ? 'restoration_pending' : 'cancelled';
  if (isPending('cancellation')) return 'cancellation_pending';
  return isPending('update') ? 'update_pending' : 'active';
}

/** Why an operation can't be asked for in this state; null: it can. */
export function operationRefusal(state: AccountState, type: CustomsRequestType): OperationRefusal | null {
  const rule = accountStateRules[state][type];
  return rule === 'allowed' ? null : rule;
}
