import type { Locale } from '@rnoce/i18n';
import {
  type IssueCode,
  maxEndpoints,
  type Problem,
  type ProblemCode,
  problemStatuses,
} from '@rnoce/schemas';
import { ProblemError, presentProblem } from '../../plugins/problems.ts';

/** Every problem of the API with its status. */
export const problemEntries = Object.entries(problemStatuses) as [ProblemCode, number][];

export const requestId = '0f8fad5b-d9cb-469f-a165-70867728950e';

/** What problems carry beside their sentence, for their examples. */
const exampleParams: Partial<Record<ProblemCode, Record<string, string | number>>> = {
  address_not_allowed: { address: '196.200.131.9' },
  endpoints_at_limit: { max: maxEndpoints },
  locked: { minutes: 15 },
  rate_limited: { seconds: 40 },
  refund_refused: { reason: 'REFUND_WINDOW_CLOSED' },
  scope_missing: { scope: 'invoices:write' },
  stale: { version: 8 },
};
const exampleIssues: Partial<Record<ProblemCode, { pointer: string; code: IssueCode }[]>> = {
  validation: [{ pointer: '/address', code: 'required' }],
  email_in_use: [{ pointer: '/email', code: 'email_in_use' }],
  import_refused: [{ pointer: '/invoices/3/amount', code: 'amount_invalid' }],
};

/** A problem as the API answers it. */
export function problemExample(code: ProblemCode, locale: Locale): Problem {
  const params = exampleParams[code];
  const issues = exampleIssues[code];
  const error = new ProblemError(code, { ...(params ? { params } : {}), ...(issues ? { issues } : {}) });
  return presentProblem(error, locale, requestId);
}
