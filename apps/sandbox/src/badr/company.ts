import { EntityType, OperatorType } from '@rnoce/schemas/operator-types';
import { z } from 'zod';

const text = z.string().trim().min(1).max(2_000);
const date = z.iso.date();
const phone = z.string().regex(/^\+\d{6,15}$/);
const digits = (min: number, max: number) => z.string().regex(new RegExp(`^\\d{${min},${max}}$`));

export const CompanyManager = z.object({
  lastName: text,
  firstName: text,
  address: text,
  birthDate: date,
  idType: z.enum(['cin', 'residence_permit', 'passport']),
  idNumber: text,
  idAddress: text,
  idExpiresOn: date,
});
export type CompanyManager = z.infer<typeof CompanyManager>;

const registrationFields = {
  entityType: EntityType,
  operatorType: OperatorType,
  ice: digits(15, 15),
  rcNumber: digits(1, 15),
  rcCentre: digits(2, 4),
  taxId: digits(1, 15),
  legalName: text,
  startDate: date,
  address: text,
  origin: z.enum(['lease', 'domiciliation', 'acquisition']),
  domiciledAt: text.optional(),
  domiciliationExpiresOn: date.optional(),
  city: text,
  mainActivity: text,
  actualActivity: text,
  acronym: text,
  tradeName: text,
  phone,
  fax: phone.optional(),
  email: z.email(),
  approvalNumber: text.optional(),
  managers: z.array(CompanyManager).min(1),
  rib: digits(24, 24).optional(),
};

/** A record as customs receives it for registration; what it doesn't know of is dropped. */
export const Registration = z.object(registrationFields).superRefine((record, context) => {
  const domiciled = record.origin === 'domiciliation';
  for (const field of ['domiciledAt', 'domiciliationExpiresOn'] as const) {
    if ((record[field] !== undefined) !== domiciled) {
      context.addIssue({
        code: 'custom',
        path: [field],
        message: 'goes with the origin « domiciliation » only',
      });
    }
  }
  if ((record.approvalNumber !== undefined) !== (record.operatorType === 'customs_broker')) {
    context.addIssue({
      code: 'custom',
      path: ['approvalNumber'],
      message: 'is for customs brokers, who must have one',
    });
  }
});
export type Registration = z.infer<typeof Registration>;

/** A company as BADR holds and answers it. */
export const Company = z.object({
  ...registrationFields,
  accountNumber: text,
  accountStatus: z.enum(['active', 'cancelled']),
  registeredAt: z.iso.datetime(),
});
export type Company = z.infer<typeof Company>;

/** What a tester gives to add a company; the rest is invented. */
export const CompanyOverrides = z.strictObject(Company.partial().shape);
export type CompanyOverrides = z.infer<typeof CompanyOverrides>;

/** What a tester changes of a company in place. */
export const CompanyChanges = z.strictObject(
  CompanyOverrides.omit({ ice: true, operatorType: true, accountNumber: true, registeredAt: true }).shape,
);
export type CompanyChanges = z.infer<typeof CompanyChanges>;
