import { z } from 'zod';
import { type FieldRule, text } from './fields.ts';

/** « Mandataire » (guide, étape 1, sous-étape 3): one of the managers, by the key that the list of managers keeps. */
export const legalRepresentativeFields = {
  manager: { kind: 'manager', required: true, schema: () => text(40) },
} as const satisfies Record<string, FieldRule>;
export type LegalRepresentativeField = keyof typeof legalRepresentativeFields;

export const LegalRepresentativeDraft = z.strictObject({
  manager: z.string().max(40).nullish(),
} satisfies Record<LegalRepresentativeField, z.ZodType>);
export type LegalRepresentativeDraft = z.infer<typeof LegalRepresentativeDraft>;
