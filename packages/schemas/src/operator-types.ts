import { z } from 'zod';

export const authorities = ['customs', 'portnet'] as const;
export const Authority = z.enum(authorities);
export type Authority = z.infer<typeof Authority>;

/**
 * The operator types. Adding a type is one entry here, its labels in the catalogues (`reference:operator-type.<code>`) and nothing else.
 * `letters` stand in the subscription's code; F is inferred (reference/identifiers.md §2).
 */
export const operatorTypeRules = {
  importer: { letters: 'I', sections: ['bankAccount'], fields: [], documents: ['rib_certificate'] },
  exporter: { letters: 'EXP', sections: [], fields: [], documents: [] },
  customs_broker: { letters: 'T', sections: [], fields: ['approvalNumber'], documents: [] },
  freight_forwarder: {
    letters: 'F',
    sections: [],
    fields: [],
    documents: ['ministry_authorisation', 'exchange_office_authorisation'],
  },
} as const satisfies Record<
  string,
  {
    letters: string;
    /** What this type has and the others may not: sections, fields and documents. */
    sections: readonly string[];
    fields: readonly string[];
    documents: readonly string[];
  }
>;

export type OperatorType = keyof typeof operatorTypeRules;
export const operatorTypes = Object.keys(operatorTypeRules) as [OperatorType, ...OperatorType[]];
export const OperatorType = z.enum(operatorTypes);

export const entityTypes = ['legal_person', 'natural_person'] as const;
export const EntityType = z.enum(entityTypes);
export type EntityType = z.infer<typeof EntityType>;

export const purposes = ['registration', 'update_only'] as const;
export const Purpose = z.enum(purposes);
export type Purpose = z.infer<typeof Purpose>;

/** By what BADR knows an operator. */
export const registryKeys = ['ice', 'taxId', 'rcNumber', 'rcCentre'] as const;
type RegistryKey = (typeof registryKeys)[number];

/** The identifiers that can't be typed again in a form: an « update_only » is attached without any agent to an account that BADR confirmed. */
export const fixedIdentifiers = ({ purpose }: { readonly purpose: Purpose }): readonly RegistryKey[] =>
  purpose === 'update_only' ? registryKeys : [];
