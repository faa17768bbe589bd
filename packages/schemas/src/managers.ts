import { z } from 'zod';
import { alphanumeric, cin, date, type FieldRule, itemKey, text } from './fields.ts';
import { maxTextLength } from './primitives.ts';

export const idTypes = ['cin', 'residence_permit', 'passport'] as const;
export const IdType = z.enum(idTypes);
export type IdType = z.infer<typeof IdType>;

const idNumberSchemas = {
  cin: () => cin(),
  residence_permit: () => alphanumeric(4, 20),
  passport: () => alphanumeric(5, 20),
} as const satisfies Record<IdType, () => z.ZodType>;

/** The rule of an identity number follows the type of identifier beside it. */
export const idNumberSchema = (idType: unknown) => {
  const known = IdType.safeParse(idType);
  return known.success ? idNumberSchemas[known.data]() : alphanumeric(1, 20);
};

/** « Les gérants » (guide, étape 1, sous-étape 2), the fields of one manager. */
export const managerFields = {
  lastName: { kind: 'text', required: true, schema: () => text() },
  firstName: { kind: 'text', required: true, schema: () => text() },
  address: { kind: 'long_text', required: true, schema: () => text(500) },
  birthDate: { kind: 'date', required: true, schema: (context) => date(context, 'past') },
  idType: { kind: 'choice', required: true, options: idTypes, schema: () => IdType },
  idNumber: {
    kind: 'identifier',
    required: true,
    // The rule by type is applied by `validateSection`, which sees the type beside it.
    schema: () => alphanumeric(1, 20),
    warn: (number, { idType }) => {
      if (idType === 'cin') return number.replaceAll(/\D/g, '').length < 5 ? 'cin_short' : undefined;
      return idType === 'passport' && number.length > 9 ? 'passport_long' : undefined;
    },
  },
  idAddress: { kind: 'text', required: true, schema: () => text() },
  idExpiresOn: { kind: 'date', required: true, schema: (context) => date(context, 'not_past') },
} as const satisfies Record<string, FieldRule>;
export type ManagerField = keyof typeof managerFields;

/** As many as BADR's record may hold: a company can always be updated from it. */
export const maxManagers = 100;

const draftText = z.string().max(500).nullish();

const managerTexts = {
  lastName: draftText,
  firstName: draftText,
  address: draftText,
  birthDate: z.string().max(maxTextLength).nullish(),
  idType: draftText,
  idNumber: draftText,
  idAddress: draftText,
  idExpiresOn: draftText,
} satisfies Record<ManagerField, z.ZodType>;
export const ManagerDraft = z.strictObject({ key: itemKey(), ...managerTexts });
export type ManagerDraft = z.infer<typeof ManagerDraft>;
export const ManagersDraft = z.array(ManagerDraft).max(maxManagers);
export type ManagersDraft = z.infer<typeof ManagersDraft>;
