import { type FormContext, type RegistryWord, tidySection, type UpdatedSections } from '@rnoce/schemas';
import { and, desc, eq, isNotNull } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { filingHistory } from '../../db/schema/filings.ts';
import type { Deps } from '../../deps.ts';
import type { BadrLookup } from '../../integrations/badr/badr-gateway.ts';
import { keyItems } from '../subscriptions/item-keys.ts';
import { presentRegistryRecord } from '../subscriptions/registry-record.ts';
import type { Standing } from './account-standing.ts';
import type { RequestRecord } from './customs-requests.transitions.ts';
import { changesMade } from './request-changes.ts';

/** What a request keeps of BADR's answer. */
export type Reading = Pick<RequestRecord, 'registryStatus' | 'registryReadAt' | 'registryRecord'>;

const identifierFields = ['ice', 'taxId', 'rcNumber', 'rcCentre'] as const;
type Identifiers = Readonly<Record<(typeof identifierFields)[number], string>>;

/** The company as it was sent to customs at the filing's last submission. */
export async function findSentCompany(
  executor: Executor,
  { filing }: Pick<Standing, 'filing'>,
): Promise<UpdatedSections['company']> {
  const [last] = await executor
    .select({ sections: filingHistory.sections })
    .from(filingHistory)
    .where(and(eq(filingHistory.filingId, filing.id), isNotNull(filingHistory.sections)))
    .orderBy(desc(filingHistory.at), desc(filingHistory.id))
    .limit(1);
  return last?.sections?.company;
}

/** The identifiers after these updates: what was declared, with what the accepted ones changed. */
function identifiersAfter(first: Identifiers, updates: readonly RequestRecord[]): Identifiers {
  const known: Record<string, string> = { ...first };
  for (const update of updates)
    for (const { item, asked } of changesMade(update)) {
      const field = identifierFields.find((name) => item === `company.${name}`);
      if (field && typeof asked === 'string') known[field] = asked;
    }
  return { ...first, ...known };
}

const isSame = (one: Identifiers, other: Identifiers): boolean =>
  identifierFields.every((name) => one[name] === other[name]);

/**
 * What BADR may know the account by, likeliest first: an accepted update of an identifier that BADR hasn't confirmed is, or is not, made there yet.
 */
function possibleIdentifiers(
  { subscription, requests }: Standing,
  sent: UpdatedSections['company'],
): Identifiers[] {
  const declared = (name: keyof Identifiers) => {
    const value = sent?.[name];
    return typeof value === 'string' && value !== '' ? value : subscription.identifiers[name];
  };
  const first: Identifiers = {
    ice: declared('ice'),
    taxId: declared('taxId'),
    rcNumber: declared('rcNumber'),
    rcCentre: declared('rcCentre'),
  };
  const accepted = requests.filter(({ type, status }) => type === 'update' && status === 'accepted');
  const applied = identifiersAfter(
    first,
    accepted.filter(({ effectStatus }) => effectStatus === 'applied'),
  );
  const asked = identifiersAfter(first, accepted);
  return isSame(applied, asked) ? [applied] : [applied, asked];
}

const readingOf = (lookup: BadrLookup, at: Date): Reading => {
  switch (lookup.status) {
    case 'registered':
      return { registryStatus: 'registered', registryReadAt: at, registryRecord: { ...lookup.record } };
    case 'unavailable':
      return { registryStatus: 'unavailable', registryReadAt: null, registryRecord: null };
    case 'not_registered':
    case 'mismatch':
      return { registryStatus: 'not_registered', registryReadAt: at, registryRecord: null };
  }
};

/**
 * Reads what BADR holds of an account now, outside of any transaction: its adapter answers within its time limit whatever BADR does. An account
 * that BADR knows by other identifiers is `not_registered`; one that it can't tell of is `unavailable`, without a record.
 */
export async function readRegistry(
  { database, badr, now }: Pick<Deps, 'database' | 'badr' | 'now'>,
  standing: Standing,
  signal?: AbortSignal,
): Promise<Reading> {
  const { operatorType } = standing.subscription;
  let reading: Reading = { registryStatus: 'unavailable', registryReadAt: null, registryRecord: null };
  for (const identifiers of possibleIdentifiers(standing, await findSentCompany(database, standing))) {
    // Before it is asked: what is made at BADR meanwhile is newer than its answer.
    const at = now();
    reading = readingOf(await badr.findOperator({ operatorType, ...identifiers }, signal), at);
    if (reading.registryStatus !== 'not_registered') return reading;
  }
  return reading;
}

/** Whether the account is open, as this reading says; null when it doesn't tell. */
export function wordOf({ registryRecord, registryReadAt }: Reading): RegistryWord | null {
  const status = presentRegistryRecord(registryRecord)?.accountStatus;
  return status && registryReadAt ? { status, readAt: registryReadAt } : null;
}

/**
 * A record of BADR as the sections of an update's form, each manager with a key: that of the manager of `kept` who has the same identity
 * document, or else a new one.
 */
export function sectionsOfRecord(
  record: Record<string, unknown> | null,
  context: FormContext,
  kept: UpdatedSections = {},
): UpdatedSections {
  const held = presentRegistryRecord(record);
  if (!held) return {};
  return keyItems(
    {
      company: tidySection('company', context, held.company),
      managers: tidySection('managers', context, held.managers ?? []),
    },
    kept,
  );
}
