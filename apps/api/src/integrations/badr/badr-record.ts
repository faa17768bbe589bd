import { maxManagers } from '@rnoce/schemas/managers';
import { EntityType, OperatorType } from '@rnoce/schemas/operator-types';
import { maxLongTextLength } from '@rnoce/schemas/primitives';
import { z } from 'zod';

/**
 * What BADR sends and receives about an operator (docs/decisions/003-badr-protocol.md). Identifiers and codes are checked, so that nonsense is
 * recognised; free texts are only bounded, because what customs holds may be older than today's rules.
 */

/** As long as the form's longest field, so that no filing it accepts is refused here. */
const text = z.string().max(maxLongTextLength);
const code = z.string().regex(/^[\w.-]{1,20}$/);

export const BadrManager = z.object({
  lastName: text,
  firstName: text,
  address: text,
  birthDate: z.iso.date(),
  idType: z.enum(['cin', 'residence_permit', 'passport']),
  idNumber: z.string().max(50),
  /** « Domiciliation » of the identity document. */
  idAddress: text,
  idExpiresOn: z.iso.date(),
});
export type BadrManager = z.infer<typeof BadrManager>;

/** The record that customs' validation sends for registration. */
export const BadrRegistration = z.object({
  entityType: EntityType,
  operatorType: OperatorType,
  ice: z.string().regex(/^\d{15}$/),
  rcNumber: z.string().regex(/^\d{1,15}$/),
  rcCentre: code,
  taxId: z.string().regex(/^\d{1,15}$/),
  legalName: text.min(1),
  startDate: z.iso.date(),
  address: text,
  origin: z.enum(['lease', 'domiciliation', 'acquisition']),
  domiciledAt: text.optional(),
  domiciliationExpiresOn: z.iso.date().optional(),
  city: code,
  mainActivity: code,
  actualActivity: text,
  acronym: text,
  tradeName: text,
  /** E.164 as the portal sends it; BADR's own may be written otherwise. */
  phone: z.string().max(50),
  fax: z.string().max(50).optional(),
  email: z.string().max(254),
  approvalNumber: z.string().max(50).optional(),
  managers: z.array(BadrManager).max(maxManagers),
  rib: z
    .string()
    .regex(/^\d{24}$/)
    .optional(),
});
export type BadrRegistration = z.infer<typeof BadrRegistration>;

/** The record that BADR holds of a registered operator. Managers, phone, e-mail and RIB are people's data: see spec « New subscription ». */
export const BadrRecord = BadrRegistration.extend({
  accountNumber: z.string().min(1).max(50),
  accountStatus: z.enum(['active', 'cancelled']),
  registeredAt: z.iso.datetime({ offset: true }),
});
export type BadrRecord = z.infer<typeof BadrRecord>;

const identifierFields = ['taxId', 'rcNumber', 'rcCentre'] as const;
export type BadrIdentifierField = (typeof identifierFields)[number];

export const BadrNotRegistered = z.object({ code: z.literal('NOT_REGISTERED') });
export const BadrMismatch = z.object({
  code: z.literal('IDENTIFIERS_DIFFER'),
  fields: z.array(z.enum(identifierFields)).min(1),
});
export const BadrReceipt = z.object({
  accountNumber: z.string().min(1).max(50),
  registeredAt: z.iso.datetime({ offset: true }),
});
export type BadrReceipt = z.infer<typeof BadrReceipt>;
export const BadrRefused = z.object({ code: z.literal('REFUSED'), reason: z.string().max(5000) });
export const BadrReferenceUsed = z.object({ code: z.literal('REFERENCE_ALREADY_USED') });
