import {
  type AccountState,
  accountState,
  type CustomsAccount,
  type CustomsRequestDossier,
  type CustomsRequestType,
  type OperationRefusal,
  operationRefusal,
  type RegistryWord,
} from '@rnoce/schemas';
import { peoplePrefill, wholeRecord } from '../subscriptions/registry.policy.ts';
import { presentRegistryRecord } from '../subscriptions/registry-record.ts';
import type { CustomsAccountRecord } from './customs-requests.repository.ts';
import type { RequestRecord } from './customs-requests.transitions.ts';

/** An account with its requests, as `listRequests` orders them. */
export interface Standing extends CustomsAccountRecord {
  readonly requests: readonly RequestRecord[];
}

/** BADR's last word on whether the account is open: read for its operations, or when the operator was verified. */
function lastWord({ filing, subscription }: CustomsAccountRecord): RegistryWord | null {
  const { registryAccountStatus, registryAccountReadAt } = filing;
  const verified = wholeRecord(subscription)?.accountStatus;
  const { registryCheckedAt } = subscription;
  const words = [
    ...(verified && registryCheckedAt ? [{ status: verified, readAt: registryCheckedAt }] : []),
    ...(registryAccountStatus && registryAccountReadAt
      ? [{ status: registryAccountStatus, readAt: registryAccountReadAt }]
      : []),
  ];
  return words.toSorted((one, other) => Number(one.readAt) - Number(other.readAt)).at(-1) ?? null;
}

/** The account's state, from its requests and from BADR's last word. */
export const stateOf = (standing: Standing): AccountState =>
  accountState(standing.requests, lastWord(standing));

/** Whether what BADR says now makes the account's state another one. */
export const isNews = (standing: Standing, word: RegistryWord): boolean =>
  accountState(standing.requests, word) !== stateOf(standing);

/**
 * How the account showed that it acts for the operator: to an agent, who validated its filing or confirmed the attached one, or it has the mailbox that
 * BADR holds, by its own e-mail or by the code sent there.
 */
export function controlOf({
  filing,
}: Pick<CustomsAccountRecord, 'filing'>): CustomsRequestDossier['control'] {
  if (filing.validatedAt || filing.controlProvenBy) return 'agent';
  return filing.controlProvenAt ? 'code' : 'none';
}

/** How an account without control could come to it. */
export function controlViewOf(account: CustomsAccountRecord): CustomsAccount['control'] {
  if (controlOf(account) !== 'none') return 'proven';
  return peoplePrefill(account.subscription) === 'code_needed' ? 'code_needed' : 'no_email';
}

/** Whether BADR has the account: it had it before, or took the validated record. */
const isRegistered = ({ filing, subscription }: CustomsAccountRecord): boolean =>
  filing.attached ||
  filing.registrationStatus === 'registered' ||
  subscription.registryStatus === 'registered';

/** Why the operator can't ask for this operation now; null: they can. */
export function refusalOf(standing: Standing, type: CustomsRequestType): OperationRefusal | null {
  const refusal = operationRefusal(stateOf(standing), type);
  if (refusal) return refusal;
  if (!isRegistered(standing)) return 'not_registered';
  return controlOf(standing) === 'none' ? 'control_not_proven' : null;
}

/** BADR's record as it was last read for one of the account's requests, or else when the operator was verified. */
export function lastRecord({ subscription, requests }: Standing): Record<string, unknown> | null {
  const readings = requests
    .filter(({ registryRecord, registryReadAt }) => registryRecord && registryReadAt)
    .toSorted((a, b) => Number(a.registryReadAt) - Number(b.registryReadAt));
  if (readings.length > 0) return readings.at(-1)?.registryRecord ?? null;
  return subscription.registryStatus === 'registered' ? subscription.registryRecord : null;
}

/** The e-mail address of a record that BADR holds; null without a record, or without an address in it. */
export function emailIn(record: Record<string, unknown> | null): string | null {
  const email = presentRegistryRecord(record)?.company.email?.trim();
  return email === undefined || email === '' ? null : email;
}
