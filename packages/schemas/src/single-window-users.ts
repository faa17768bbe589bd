import { z } from 'zod';
import { cin, date, email, type FieldRule, itemKey, text } from './fields.ts';

/** « Utilisateurs du GU » (guide, étape 3, sous-étape 1), the fields of one person who gets an account at the single window. */
export const singleWindowUserFields = {
  lastName: { kind: 'text', required: true, schema: () => text() },
  firstName: { kind: 'text', required: true, schema: () => text() },
  email: { kind: 'email', required: true, schema: () => email() },
  cin: {
    kind: 'identifier',
    required: true,
    schema: () => cin(),
    warn: (number) => (number.replaceAll(/\D/g, '').length < 5 ? 'cin_short' : undefined),
  },
  idAddress: { kind: 'text', required: true, schema: () => text() },
  idExpiresOn: { kind: 'date', required: true, schema: (context) => date(context, 'not_past') },
} as const satisfies Record<string, FieldRule>;
export type SingleWindowUserField = keyof typeof singleWindowUserFields;

/** « 5 utilisateurs maximum ». */
export const maxSingleWindowUsers = 5;

const draftText = z.string().max(500).nullish();
const userTexts = {
  lastName: draftText,
  firstName: draftText,
  email: draftText,
  cin: draftText,
  idAddress: draftText,
  idExpiresOn: draftText,
} satisfies Record<SingleWindowUserField, z.ZodType>;
export const SingleWindowUserDraft = z.strictObject({ key: itemKey(), ...userTexts });
export type SingleWindowUserDraft = z.infer<typeof SingleWindowUserDraft>;
export const SingleWindowUsersDraft = z.array(SingleWindowUserDraft).max(maxSingleWindowUsers);
export type SingleWindowUsersDraft = z.infer<typeof SingleWindowUsersDraft>;
