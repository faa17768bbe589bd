import { z } from 'zod';
import { date, digits, email, exactDigits, type FieldRule, listCode, longText, text } from './fields.ts';
import { hasValidIceKey } from './identifiers.ts';
import { EntityType, entityTypes, OperatorType, operatorTypeRules, operatorTypes } from './operator-types.ts';
import { phone } from './phone.ts';
import { maxLongTextLength } from './primitives.ts';

export const origins = ['lease', 'domiciliation', 'acquisition'] as const;
export const Origin = z.enum(origins);
export type Origin = z.infer<typeof Origin>;

const onlyFor =
  (field: string): FieldRule['belongs'] =>
  ({ operatorType }) =>
    (operatorTypeRules[operatorType].fields as readonly string[]).includes(field);
const portnetOnly: FieldRule['belongs'] = ({ authorities }) => authorities.includes('portnet');
const whenDomiciled: FieldRule['shownWhen'] = ({ origin }) => origin === 'domiciliation';

/**
 * « Informations sur la société » (guide, étape 1, sous-étape 1; spec/registration.md, Company), in the order of the form.
 * The fields that the verification step fixes are marked `fixed`.
 */
export const companyFields = {
  entityType: { kind: 'choice', required: true, options: entityTypes, schema: () => EntityType },
  operatorType: {
    kind: 'choice',
    required: true,
    fixed: true,
    options: operatorTypes,
    schema: () => OperatorType,
  },
  ice: {
    kind: 'identifier',
    required: true,
    schema: () => exactDigits(15),
    warn: (ice) => (hasValidIceKey(ice) ? undefined : 'ice_check_digits'),
  },
  rcNumber: { kind: 'identifier', required: true, schema: () => digits(15) },
  taxId: {
    kind: 'identifier',
    required: true,
    schema: () => digits(15),
    warn: (taxId) => (taxId.length === 7 || taxId.length === 8 ? undefined : 'tax_id_length'),
  },
  rcCentre: {
    kind: 'list',
    list: 'rc-centres',
    required: true,
    schema: (context) => listCode(context, 'rc-centres'),
  },
  legalName: { kind: 'text', required: true, schema: () => text() },
  startDate: { kind: 'date', required: true, schema: (context) => date(context, 'not_future') },
  acronym: { kind: 'text', required: true, schema: () => text() },
  tradeName: { kind: 'text', required: true, schema: () => text() },
  approvalNumber: {
    kind: 'text',
    required: true,
    schema: () => text(30),
    belongs: onlyFor('approvalNumber'),
  },
  mainActivity: {
    kind: 'list',
    list: 'activities',
    required: true,
    schema: (context) => listCode(context, 'activities'),
  },
  actualActivity: { kind: 'text', required: true, schema: () => longText() },
  cnss: {
    kind: 'identifier',
    required: false,
    schema: () => digits(15),
    belongs: portnetOnly,
    warn: (cnss) => (cnss.length === 7 ? undefined : 'cnss_length'),
  },
  businessTax: {
    kind: 'identifier',
    required: true,
    schema: () => digits(15),
    belongs: portnetOnly,
    warn: (number) => (number.length === 8 ? undefined : 'business_tax_length'),
  },
  address: { kind: 'long_text', required: true, schema: () => text(500) },
  city: { kind: 'list', list: 'cities', required: true, schema: (context) => listCode(context, 'cities') },
  repeatedAddress: { kind: 'boolean', required: false, schema: () => z.boolean() },
  origin: { kind: 'choice', required: true, options: origins, schema: () => Origin },
  domiciledAt: { kind: 'text', required: true, schema: () => text(), shownWhen: whenDomiciled },
  domiciliationExpiresOn: {
    kind: 'date',
    required: true,
    schema: (context) => date(context, 'future'),
    shownWhen: whenDomiciled,
  },
  phone: { kind: 'phone', required: true, schema: () => phone() },
  fax: { kind: 'phone', required: false, schema: () => phone() },
  email: { kind: 'email', required: true, schema: () => email() },
} as const satisfies Record<string, FieldRule>;
export type CompanyField = keyof typeof companyFields;

const draftText = z.string().max(maxLongTextLength).nullish();

/** What a draft keeps of the company: any text in any field, right or not yet; `validateSection` says what is missing. */
export const CompanyDraft = z.strictObject({
  entityType: draftText,
  operatorType: draftText,
  ice: draftText,
  rcNumber: draftText,
  taxId: draftText,
  rcCentre: draftText,
  legalName: draftText,
  startDate: draftText,
  acronym: draftText,
  tradeName: draftText,
  approvalNumber: draftText,
  mainActivity: draftText,
  actualActivity: draftText,
  cnss: draftText,
  businessTax: draftText,
  address: draftText,
  city: draftText,
  repeatedAddress: z.boolean().nullish(),
  origin: draftText,
  domiciledAt: draftText,
  domiciliationExpiresOn: draftText,
  phone: draftText,
  fax: draftText,
  email: draftText,
} satisfies Record<CompanyField, z.ZodType>);
export type CompanyDraft = z.infer<typeof CompanyDraft>;
