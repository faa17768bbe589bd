import { z } from 'zod';
import { exactDigits, type FieldRule, listCode, text } from './fields.ts';
import { hasValidRibKey } from './identifiers.ts';

/**
 * « Compte bancaire » (guide, étape 3, sous-étape 4). A wrong key, or the code of another bank than the chosen one, only warns: the guide
 * accepts such values.
 */
export const bankAccountFields = {
  bank: { kind: 'list', list: 'banks', required: true, schema: (context) => listCode(context, 'banks') },
  rib: {
    kind: 'identifier',
    required: true,
    schema: () => exactDigits(24),
    warn: (rib, { bank }, { ribCodes }) => {
      if (!hasValidRibKey(rib)) return 'rib_key';
      const codes = typeof bank === 'string' ? ribCodes(bank) : [];
      return codes.length > 0 && !codes.includes(rib.slice(0, 3)) ? 'rib_bank' : undefined;
    },
  },
  branchAddress: { kind: 'text', required: true, schema: () => text() },
} as const satisfies Record<string, FieldRule>;
export type BankAccountField = keyof typeof bankAccountFields;

const draftText = z.string().max(500).nullish();

export const BankAccountDraft = z.strictObject({
  bank: draftText,
  rib: draftText,
  branchAddress: draftText,
} satisfies Record<BankAccountField, z.ZodType>);
export type BankAccountDraft = z.infer<typeof BankAccountDraft>;
