import { z } from 'zod';
import { email, type FieldRule, itemKey, text } from './fields.ts';

/** « Type de direction ». */
export const departments = ['administrative', 'logistics', 'commercial'] as const;
export const Department = z.enum(departments);
export type Department = z.infer<typeof Department>;

/** « Contacts » (guide, étape 3, sous-étape 3), the fields of one contact. */
export const contactFields = {
  email: { kind: 'email', required: true, schema: () => email() },
  lastName: { kind: 'text', required: true, schema: () => text() },
  firstName: { kind: 'text', required: true, schema: () => text() },
  department: { kind: 'choice', required: true, options: departments, schema: () => Department },
} as const satisfies Record<string, FieldRule>;
export type ContactField = keyof typeof contactFields;

export const maxContacts = 20;

const draftText = z.string().max(500).nullish();
const contactTexts = {
  email: draftText,
  lastName: draftText,
  firstName: draftText,
  department: draftText,
} satisfies Record<ContactField, z.ZodType>;
export const ContactDraft = z.strictObject({ key: itemKey(), ...contactTexts });
export type ContactDraft = z.infer<typeof ContactDraft>;
export const ContactsDraft = z.array(ContactDraft).max(maxContacts);
export type ContactsDraft = z.infer<typeof ContactsDraft>;
