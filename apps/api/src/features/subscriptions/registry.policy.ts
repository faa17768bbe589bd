import {
  type CompanyDraft,
  companyFields,
  type FieldRule,
  type FormContext,
  type ManagersDraft,
  type peoplePrefills,
  type SectionsDraft,
  sectionBelongs,
  tidySection,
} from '@rnoce/schemas';
import type { BadrLookup } from '../../integrations/badr/badr-gateway.ts';
import { keyItems } from './item-keys.ts';
import { type HeldRecord, presentRegistryRecord, withoutPeople } from './registry-record.ts';
import type { SubscriptionRecord } from './subscriptions.repository.ts';

type Kept = Pick<SubscriptionRecord, 'registryStatus' | 'registryRecord' | 'registryConfirmedAt'>;
export type PeoplePrefill = (typeof peoplePrefills)[number];

/** What BADR holds of a subscription's operator, whole: only for code that decides what to show. */
export const wholeRecord = ({ registryStatus, registryRecord }: Kept): HeldRecord | null =>
  registryStatus === 'registered' ? presentRegistryRecord(registryRecord) : null;

const tidyEmail = (email: string | null | undefined): string => email?.trim().toLowerCase() ?? '';

/** Whether people's data may be shown to this operator, and how they could come to it (spec/registration.md, New subscription 2). */
export function peoplePrefill(kept: Kept): PeoplePrefill {
  const record = wholeRecord(kept);
  if (!record) return 'not_applicable';
  if (kept.registryConfirmedAt) return 'confirmed';
  return tidyEmail(record.company.email) === '' ? 'no_email' : 'code_needed';
}

/** BADR's record as this operator may see it: people's data only once their e-mail is confirmed as BADR's. */
export function visibleRecord(kept: Kept): HeldRecord | null {
  const record = wholeRecord(kept);
  return record && (kept.registryConfirmedAt ? record : withoutPeople(record));
}

/** `contact@atlas.example` as `c•••@a•••.example`. */
export function maskEmail(email: string): string {
  const [local = '', domain = ''] = email.split('@');
  const [first = '', ...rest] = domain.split('.');
  return `${local.slice(0, 1)}•••@${first.slice(0, 1)}•••.${rest.at(-1) ?? ''}`;
}

/** What a subscription keeps of BADR's answer. */
export type RegistryAnswer = Pick<
  SubscriptionRecord,
  'registryStatus' | 'registryCheckedAt' | 'registryMismatch' | 'registryRecord' | 'registryConfirmedAt'
>;

/**
 * Reads BADR's answer. An ICE that BADR knows with other identifiers isn't registered as such: the mismatch is kept, for the operator and
 * the agents to see. `ownEmail` is the account's confirmed e-mail: when BADR holds the same, people's data are the operator's own.
 */
export function registryAnswer(lookup: BadrLookup, ownEmail: string | null, at: Date): RegistryAnswer {
  const nothing = { registryMismatch: [], registryRecord: null, registryConfirmedAt: null };
  switch (lookup.status) {
    case 'unavailable':
      return { ...nothing, registryStatus: 'unavailable', registryCheckedAt: null };
    case 'not_registered':
      return { ...nothing, registryStatus: 'not_registered', registryCheckedAt: at };
    case 'mismatch':
      return {
        ...nothing,
        registryStatus: 'not_registered',
        registryCheckedAt: at,
        registryMismatch: lookup.fields,
      };
    case 'registered': {
      const own = ownEmail !== null && tidyEmail(ownEmail) === tidyEmail(lookup.record.email);
      return {
        ...nothing,
        registryStatus: 'registered',
        registryCheckedAt: at,
        registryRecord: { ...lookup.record },
        registryConfirmedAt: own ? at : null,
      };
    }
  }
}

/** Nothing asked yet: what a subscription keeps after its identifiers changed, until BADR answers. */
export const unansweredRegistry = {
  registryStatus: 'unavailable',
  registryCheckedAt: null,
  registryMismatch: [],
  registryRecord: null,
  registryConfirmedAt: null,
} satisfies RegistryAnswer;

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

/** The fields of a record that belong to this form; BADR may hold others. */
function belonging(company: CompanyDraft, context: FormContext): CompanyDraft {
  const rules: Readonly<Record<string, FieldRule>> = companyFields;
  return Object.fromEntries(
    Object.entries(company).filter(([name]) => rules[name] && (rules[name].belongs?.(context) ?? true)),
  );
}

const isUntouched = (managers: ManagersDraft | undefined): boolean =>
  (managers ?? []).every(({ key: _key, ...manager }) => Object.values(manager).every(isEmpty));

/** Fills the bank account, where the form asks for one and nothing was typed, with the RIB that BADR holds. */
export function fillBankAccount(
  sections: Partial<SectionsDraft>,
  record: HeldRecord | null,
  context: FormContext,
): Partial<SectionsDraft> {
  const isFree = Object.values(sections.bankAccount ?? {}).every(isEmpty);
  if (!record?.rib || !isFree || !sectionBelongs('bankAccount', context)) return sections;
  return { ...sections, bankAccount: tidySection('bankAccount', context, { rib: record.rib }) };
}

/** Fills what is still empty in a form from BADR's record: what the operator typed is never replaced. */
export function fillFromRegistry(
  sections: Partial<SectionsDraft>,
  record: HeldRecord | null,
  context: FormContext,
): Partial<SectionsDraft> {
  if (!record) return sections;
  const typed = Object.entries(sections.company ?? {}).filter(([, value]) => !isEmpty(value));
  const company = { ...belonging(record.company, context), ...Object.fromEntries(typed) };
  const managers = isUntouched(sections.managers) ? record.managers : sections.managers;
  const filled = {
    ...fillBankAccount(sections, record, context),
    company: tidySection('company', context, company),
    ...(managers && managers.length > 0 ? { managers: tidySection('managers', context, managers) } : {}),
  };
  return keyItems(filled, sections);
}
