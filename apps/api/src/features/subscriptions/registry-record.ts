import { personalCompanyFields, type RegistryRecord } from '@rnoce/schemas';
import { BadrRecord } from '../../integrations/badr/badr-record.ts';

/**
 * BADR's record in the form's own words, from what the subscription keeps of it (`registryRecord`). Agents see all of it; an operator
 * sees the people's part only once their e-mail is confirmed as BADR's: see `withoutPeople`.
 */
export function presentRegistryRecord(kept: Record<string, unknown> | null): RegistryRecord | null {
  if (!kept) return null;
  const {
    accountNumber,
    accountStatus,
    managers,
    rib: _rib,
    registeredAt: _at,
    ...company
  } = BadrRecord.parse(kept);
  return { company, managers, accountNumber, accountStatus };
}

/** The same record without people's data: no managers, phone, fax or e-mail (spec/registration.md, New subscription 2). */
export function withoutPeople({ company, ...record }: RegistryRecord): RegistryRecord {
  const personal: readonly string[] = personalCompanyFields;
  const facts = Object.fromEntries(Object.entries(company).filter(([name]) => !personal.includes(name)));
  return { ...record, company: facts, managers: null };
}
