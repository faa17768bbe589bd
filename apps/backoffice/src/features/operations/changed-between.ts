import type { CustomsRequestDossier, RequestChange } from '@rnoce/schemas/customs-requests';

type Reading = Pick<CustomsRequestDossier, 'changes' | 'registry' | 'endorsements'>;

interface ChangedValue {
  /** The change as it is now. */
  readonly change: RequestChange;
  /** What BADR held of it at the earlier reading. */
  readonly held: RequestChange['now'];
}

/** What differs between two readings of one request. */
export interface Changed {
  /** The changes of which BADR holds another value. */
  readonly values: readonly ChangedValue[];
  /** Whether the account was opened or closed in BADR. */
  readonly account: boolean;
  /** Who accepted meanwhile. */
  readonly endorsements: CustomsRequestDossier['endorsements'];
}

/** Compares two readings of a request, so that an agent is told what changed under their decision. */
export function changedBetween(earlier: Reading, later: Reading): Changed {
  const held = new Map(earlier.changes.map(({ item, now }) => [item, now]));
  return {
    values: later.changes.flatMap((change) => {
      const before = held.get(change.item);
      return JSON.stringify(before ?? null) === JSON.stringify(change.now ?? null)
        ? []
        : [{ change, held: before }];
    }),
    account:
      earlier.registry.accountStatus !== null &&
      later.registry.accountStatus !== null &&
      earlier.registry.accountStatus !== later.registry.accountStatus,
    endorsements: later.endorsements.filter(
      ({ agentId, at }) =>
        !earlier.endorsements.some((other) => other.agentId === agentId && other.at === at),
    ),
  };
}
