import { maxManagers } from '@rnoce/schemas/managers';
import { z } from 'zod';
import { BadrManager, BadrRegistration } from './badr-record.ts';

/**
 * An operation on an account that BADR holds (docs/decisions/003-badr-protocol.md). Each change says what it was decided over, so that BADR
 * writes nothing over what nobody saw.
 */

const { operatorType: _type, managers: _managers, rib: _rib, ...changeable } = BadrRegistration.shape;
const changeableFields = Object.keys(changeable) as [keyof typeof changeable, ...(keyof typeof changeable)[]];
/** The fields of a record that an update may change; BADR has no word for the others of the form. */
export const BadrField = z.enum(changeableFields);

/** A field that is absent from the record is null. */
const value = z.string().nullable();
const BadrFieldChange = z.object({ field: BadrField, from: value, to: value });
/** A manager as a whole, found by the identity document: null `from`, added; null `to`, removed. */
const BadrManagerChange = z.object({
  idType: BadrManager.shape.idType,
  idNumber: BadrManager.shape.idNumber,
  from: BadrManager.nullable(),
  to: BadrManager.nullable(),
});

const accountNumber = z.string().min(1).max(50);
export const BadrOperation = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('update'),
    accountNumber,
    changes: z.array(BadrFieldChange),
    /** At most, all are replaced. */
    managers: z.array(BadrManagerChange).max(2 * maxManagers),
  }),
  z.object({ type: z.literal('cancellation'), accountNumber }),
  z.object({ type: z.literal('restoration'), accountNumber }),
]);
export type BadrOperation = z.infer<typeof BadrOperation>;

export const BadrApplied = z.object({ appliedAt: z.iso.datetime({ offset: true }) });

/** What a 409 to an operation says. */
export const BadrConflict = z.discriminatedUnion('code', [
  z.object({ code: z.literal('RECORD_CHANGED'), fields: z.array(z.string().max(100)).min(1).max(200) }),
  z.object({ code: z.literal('ACCOUNT_STATUS'), accountStatus: z.enum(['active', 'cancelled']) }),
  z.object({ code: z.literal('REFERENCE_ALREADY_USED') }),
]);
