/** Builders of form fields: each refuses a value with one of our issue codes and normalises what people type. */
import { z } from 'zod';
import { addMonths } from './casablanca-time.ts';
import { normaliseIdentifier } from './identifiers.ts';
import { addIssue, type WarningCode } from './issues.ts';
import type { Authority, OperatorType } from './operator-types.ts';
import { maxLongTextLength, maxTextLength } from './primitives.ts';
import type { ReferenceList } from './reference.ts';

/** What the rules of a form depend on beside its own values. */
export interface FormContext {
  readonly operatorType: OperatorType;
  readonly authorities: readonly Authority[];
  /** Today in Casablanca, `YYYY-MM-DD`. */
  readonly today: string;
  /** Whether a code stands in a reference list. */
  readonly has: (list: ReferenceList, code: string) => boolean;
  /** The first three digits that the RIBs of a bank of the list begin with; none for an unknown bank. */
  readonly ribCodes: (bank: string) => readonly string[];
}

export type FieldKind =
  | 'text'
  | 'long_text'
  | 'identifier'
  | 'choice'
  | 'list'
  | 'date'
  | 'phone'
  | 'email'
  | 'boolean'
  /** One of the form's managers, by its key. */
  | 'manager';

/** One field of a form: how it is shown, whether it must be there, what it accepts and what it doubts. */
export interface FieldRule {
  readonly kind: FieldKind;
  readonly required: boolean;
  readonly schema: (context: FormContext) => z.ZodType;
  readonly options?: readonly string[];
  readonly list?: ReferenceList;
  /** Fixed at the verification step: shown, never typed in the form. */
  readonly fixed?: boolean;
  /** Belongs to the form of this operator type and these authorities; a value elsewhere is refused. */
  readonly belongs?: (context: Pick<FormContext, 'operatorType' | 'authorities'>) => boolean;
  /** Shown only beside these other values; a value elsewhere is dropped. */
  readonly shownWhen?: (values: Readonly<Record<string, unknown>>) => boolean;
  readonly warn?: (
    value: string,
    values: Readonly<Record<string, unknown>>,
    context: FormContext,
  ) => WarningCode | undefined;
}

/** What tells a manager, a user or a contact from the others of the list while it changes; given by the form, or else by the API. */
export const itemKey = () =>
  z
    .string()
    .regex(/^[\w-]{1,40}$/)
    .nullish();

export const text = (max = maxTextLength) => z.string().trim().min(1).max(max);
export const longText = () => text(maxLongTextLength);

/** Letters and digits with the separators dropped, in capitals. */
const identifier = () => z.string().max(maxTextLength).overwrite(normaliseIdentifier).min(1);

export const digits = (max: number) =>
  identifier().check(({ value, issues }) => {
    if (!/^\d*$/.test(value)) addIssue(issues, value, 'digits_only');
    else if (value.length > max) addIssue(issues, value, 'too_long', { params: { max } });
  });

/** « Ce champ doit contenir 15 caractères. » */
export const exactDigits = (length: number) =>
  identifier().check(({ value, issues }) => {
    if (value === '') return;
    if (!/^\d*$/.test(value)) addIssue(issues, value, 'digits_only');
    else if (value.length !== length) addIssue(issues, value, 'exact_length', { params: { length } });
  });

export const listCode = (context: FormContext, list: ReferenceList) =>
  z
    .string()
    .min(1)
    .max(10)
    .check(({ value, issues }) => {
      if (value !== '' && !context.has(list, value)) addIssue(issues, value, 'not_in_list');
    });

/** Months after which a Modèle J is too old (spec/registration.md, Operations on a customs account). */
export const freshMonths = 3;

type DateLimit = 'any' | 'not_future' | 'past' | 'future' | 'not_past' | 'fresh';

/** A calendar date; `limit` compares it with today. The first and last years keep typing slips out. `fresh`: not in the future, and three months old at most. */
export const date = (context: FormContext, limit: DateLimit) =>
  z.iso.date().check(({ value, issues }) => {
    if (value < '1850-01-01' || value > '2150-12-31') addIssue(issues, value, 'date_invalid');
    else if ((limit === 'not_future' || limit === 'fresh') && value > context.today)
      addIssue(issues, value, 'date_in_future');
    // What is no date at all comes here too, after its own issue.
    else if (limit === 'fresh' && issues.length === 0 && addMonths(value, freshMonths) < context.today)
      addIssue(issues, value, 'date_too_old', { params: { months: freshMonths } });
    else if (limit === 'past' && value >= context.today) addIssue(issues, value, 'date_in_future');
    else if (limit === 'future' && value <= context.today) addIssue(issues, value, 'date_in_past');
    else if (limit === 'not_past' && value < context.today) addIssue(issues, value, 'date_in_past');
  });

/** An e-mail address: trimmed, its letters lowered, so that one address is one login. */
export const email = () =>
  z
    .string()
    .trim()
    .min(1)
    .max(254)
    .overwrite((typed) => typed.toLowerCase())
    .check(({ value, issues }) => {
      if (value !== '' && !z.regexes.email.test(value)) addIssue(issues, value, 'email_invalid');
    });

/** Number of an identity card, 1 or 2 letters and digits (reference/identifiers.md §2). */
export const cin = () =>
  identifier().check(({ value, issues }) => {
    if (value !== '' && !/^[A-Z]{1,2}\d{1,8}$/.test(value)) addIssue(issues, value, 'cin_invalid');
  });

export const alphanumeric = (min: number, max: number) =>
  identifier().check(({ value, issues }) => {
    if (value !== '' && !/^[A-Z0-9]*$/.test(value)) addIssue(issues, value, 'identifier_invalid');
    else if (value !== '' && value.length < min) addIssue(issues, value, 'identifier_invalid');
    else if (value.length > max) addIssue(issues, value, 'too_long', { params: { max } });
  });
