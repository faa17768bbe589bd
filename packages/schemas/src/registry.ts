/** What BADR, the customs' register, holds of an operator. */
import { z } from 'zod';
import { CompanyDraft } from './company.ts';
import { ManagersDraft } from './managers.ts';

/** The word of BADR on an operator: `unavailable` is never taken for « not registered ». */
export const registryStatuses = ['registered', 'not_registered', 'unavailable'] as const;
export const RegistryStatus = z.enum(registryStatuses);
export type RegistryStatus = z.infer<typeof RegistryStatus>;

/** BADR's record in the form's own words. Managers are people: null for an operator whose e-mail isn't confirmed as BADR's. */
export const RegistryRecord = z.object({
  company: CompanyDraft,
  managers: ManagersDraft.nullable(),
  accountNumber: z.string(),
  accountStatus: z.enum(['active', 'cancelled']),
});
export type RegistryRecord = z.infer<typeof RegistryRecord>;

/** Company facts that are public; the phone, the e-mail and the fax are not (spec/registration.md, New subscription 2). */
export const personalCompanyFields = ['phone', 'fax', 'email'] as const;
