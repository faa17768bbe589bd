import { z } from 'zod';

/** Why a value is refused. Each code has a sentence in the `errors` catalogue, `field.<code>`, in three languages. */
export const issueCodes = [
  'required',
  'invalid',
  'forbidden',
  'unknown_field',
  'too_long',
  'max_items',
  'min_items',
  'exact_length',
  'digits_only',
  'not_in_list',
  'date_invalid',
  'date_in_future',
  'date_in_past',
  'date_too_old',
  'date_too_far',
  'phone_invalid',
  'email_invalid',
  'email_in_use',
  'cin_invalid',
  'identifier_invalid',
  'duplicate',
  'must_accept',
  'password_too_short',
  'password_too_weak',
  'password_unchanged',
  'passwords_differ',
  'captcha_failed',
  'not_replaced',
  'not_a_manager',
  'contract_outdated',
  'differs_from_registry',
  /** The account's other filing is for another one: a private space is one operator's. */
  'other_operator',
  'nothing_changed',
  'nothing_left',
  'subscription_code_invalid',
  'client_code_invalid',
  'amount_invalid',
  'invoice_not_payable',
  'invoice_paid',
  'number_repeated',
  'encoding_utf16',
  'encoding_not_utf8',
  'column_missing',
  'column_unknown',
  'column_repeated',
  'columns_differ',
  'quotes_unbalanced',
  'more_faults',
  'address_range_invalid',
  'url_invalid',
] as const;
export const IssueCode = z.enum(issueCodes);
export type IssueCode = z.infer<typeof IssueCode>;

/** What is unusual in a value that is accepted all the same: check digits, lengths (reference/identifiers.md, golden rule). */
export const warningCodes = [
  'ice_check_digits',
  'tax_id_length',
  'cnss_length',
  'business_tax_length',
  'cin_short',
  'passport_long',
  'rib_key',
  'rib_bank',
] as const;
export const WarningCode = z.enum(warningCodes);
export type WarningCode = z.infer<typeof WarningCode>;

export const IssueParams = z.record(z.string(), z.union([z.string(), z.number()]));
export type IssueParams = z.infer<typeof IssueParams>;

/** One refused value: a JSON pointer into the body, a stable code and what the sentence of that code needs. */
export const Issue = z.object({ pointer: z.string(), code: IssueCode, params: IssueParams.optional() });
export type Issue = z.infer<typeof Issue>;
export const Warning = z.object({ pointer: z.string(), code: WarningCode, params: IssueParams.optional() });
export type Warning = z.infer<typeof Warning>;

/** Makes a JSON pointer (RFC 6901) of a path. */
export const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

type RefinementContext = z.core.ParsePayload['issues'];

/** Adds an issue with one of our codes from inside a `check`. */
export function addIssue(
  issues: RefinementContext,
  input: unknown,
  code: IssueCode,
  options: { path?: PropertyKey[]; params?: IssueParams } = {},
): void {
  issues.push({
    code: 'custom',
    input,
    path: options.path ?? [],
    params: { code, values: options.params },
  });
}

const formatCodes: Readonly<Record<string, IssueCode>> = { email: 'email_invalid', date: 'date_invalid' };

function issueOf(issue: z.core.$ZodIssue): Issue[] {
  const pointer = pointerOf(issue.path);
  switch (issue.code) {
    case 'custom': {
      const code = IssueCode.safeParse(issue.params?.code);
      const params = IssueParams.safeParse(issue.params?.values);
      return [
        {
          pointer,
          code: code.success ? code.data : 'invalid',
          ...(params.success ? { params: params.data } : {}),
        },
      ];
    }
    case 'invalid_type':
      return [{ pointer, code: issue.input === undefined || issue.input === null ? 'required' : 'invalid' }];
    case 'too_small':
      if (issue.origin === 'string') return [{ pointer, code: 'required' }];
      return [
        {
          pointer,
          code: issue.origin === 'array' ? 'min_items' : 'invalid',
          params: { min: Number(issue.minimum) },
        },
      ];
    case 'too_big':
      if (issue.origin === 'string')
        return [{ pointer, code: 'too_long', params: { max: Number(issue.maximum) } }];
      return [
        {
          pointer,
          code: issue.origin === 'array' ? 'max_items' : 'invalid',
          params: { max: Number(issue.maximum) },
        },
      ];
    case 'invalid_format':
      return [{ pointer, code: issue.input === '' ? 'required' : (formatCodes[issue.format] ?? 'invalid') }];
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ pointer: pointerOf([...issue.path, key]), code: 'unknown_field' }));
    case 'invalid_value':
      return [
        {
          pointer,
          code:
            issue.input === undefined || issue.input === '' || issue.input === null
              ? 'required'
              : 'not_in_list',
        },
      ];
    case 'not_multiple_of':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
      return [{ pointer, code: 'invalid' }];
    default:
      return [{ pointer, code: 'invalid' }];
  }
}

/** Every refused value of a failed parse, in the order of the form, one issue a pointer. Parse with `reportInput: true`, or « required » can't be told from « invalid ». */
export function issuesOf(error: z.core.$ZodError): Issue[] {
  const seen = new Set<string>();
  return error.issues.flatMap(issueOf).filter(({ pointer }) => !seen.has(pointer) && seen.add(pointer));
}

/** Validates a value: the parsed value, or every issue. */
export function validate<T extends z.ZodType>(
  schema: T,
  value: unknown,
): { value: z.output<T>; issues: [] } | { value: undefined; issues: Issue[] } {
  const result = schema.safeParse(value, { reportInput: true });
  return result.success
    ? { value: result.data, issues: [] }
    : { value: undefined, issues: issuesOf(result.error) };
}
