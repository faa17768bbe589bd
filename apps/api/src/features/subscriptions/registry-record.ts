import { personalCompanyFields, type RegistryRecord, type SectionsDraft } from '@rnoce/schemas';
import { prettifyError } from 'zod';
import { BadrRefusalError } from '../../integrations/badr/badr-gateway.ts';
import { BadrRecord, BadrRegistration } from '../../integrations/badr/badr-record.ts';

/** BADR's record in the form's own words, with the RIB that it holds: a person's affair, which no answer lists. */
export interface HeldRecord extends RegistryRecord {
  readonly rib: string | null;
}

/**
 * BADR's record in the form's own words, from what the subscription keeps of it (`registryRecord`). Agents see all of it; an operator
 * sees the people's part only once their e-mail is confirmed as BADR's: see `withoutPeople`.
 */
export function presentRegistryRecord(kept: Record<string, unknown> | null): HeldRecord | null {
  if (!kept) return null;
  const {
    accountNumber,
    accountStatus,
    managers,
    rib = null,
    registeredAt: _at,
    ...company
  } = BadrRecord.parse(kept);
  return { company, managers, accountNumber, accountStatus, rib };
}

/** The same record without people's data: no managers, phone, fax, e-mail or RIB (spec/registration.md, New subscription 2). */
export function withoutPeople({ company, ...record }: HeldRecord): HeldRecord {
  const personal: readonly string[] = personalCompanyFields;
  const facts = Object.fromEntries(Object.entries(company).filter(([name]) => !personal.includes(name)));
  return { ...record, company: facts, managers: null, rib: null };
}

const present = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));

/**
 * A form that was sent, as the record that BADR registers; what BADR has no word for is left out. Throws the refusal of an invalid record
 * when it isn't one: a form that passed its submission always is.
 */
export function registrationOf({ company, managers }: Partial<SectionsDraft>): BadrRegistration {
  const checked = BadrRegistration.safeParse({
    ...present(company ?? {}),
    managers: (managers ?? []).map(present),
  });
  if (!checked.success) throw new BadrRefusalError('invalid_record', prettifyError(checked.error));
  return checked.data;
}
