import { z } from 'zod';

/**
 * Every error that the API answers: its stable code and its HTTP status. Title and detail are in the catalogues,
 * `errors:problem.<code>.title` and `.detail`.
 */
export const problemStatuses = {
  malformed: 400,
  idempotency_key_missing: 400,
  not_signed_in: 401,
  session_expired: 401,
  credentials_wrong: 401,
  code_wrong: 401,
  challenge_expired: 401,
  forbidden: 403,
  cross_site: 403,
  password_to_choose: 403,
  not_found: 404,
  link_unknown: 404,
  method_not_allowed: 405,
  timeout: 408,
  email_in_use: 409,
  request_running: 409,
  authority_unavailable: 409,
  operator_already_registered: 409,
  subscription_not_editable: 409,
  filing_not_incomplete: 409,
  filing_not_decidable: 409,
  accounts_not_refused: 409,
  contract_not_issued: 409,
  contract_void: 409,
  messages_closed: 409,
  registry_code_not_needed: 409,
  document_quarantined: 409,
  invoice_paid: 409,
  invoices_not_payable: 409,
  order_closed: 409,
  order_not_paid: 409,
  refund_not_due: 409,
  refund_impossible: 409,
  refund_refused: 409,
  observation_impossible: 409,
  anomaly_closed: 409,
  link_expired: 410,
  link_used: 410,
  stale: 412,
  file_too_large: 413,
  body_too_large: 413,
  unsupported_media_type: 415,
  file_refused: 415,
  validation: 422,
  document_forbidden: 422,
  contract_not_asked: 422,
  contract_refused: 422,
  idempotency_key_reused: 422,
  operator_unknown_to_customs: 422,
  identifiers_differ: 422,
  password_wrong: 422,
  registry_code_wrong: 422,
  captcha_failed: 422,
  issuer_unknown: 422,
  import_refused: 422,
  settlement_file_refused: 422,
  provider_not_configured: 422,
  invoices_of_several_issuers: 422,
  method_not_accepted: 422,
  version_missing: 428,
  proof_of_work_missing: 428,
  rate_limited: 429,
  locked: 429,
  internal: 500,
  overloaded: 503,
  database_unavailable: 503,
  storage_unavailable: 503,
  inspection_busy: 503,
  registry_unavailable: 503,
  gateway_unavailable: 503,
  provider_unavailable: 503,
} as const;
export type ProblemCode = keyof typeof problemStatuses;
export const problemCodes = Object.keys(problemStatuses) as [ProblemCode, ...ProblemCode[]];

/** RFC 9457. `errors` point into the body; `requestId` is for the assistance. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.enum(problemCodes),
  requestId: z.string(),
  errors: z
    .array(
      z.object({
        pointer: z.string(),
        code: z.string(),
        message: z.string(),
        params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
      }),
    )
    .optional(),
  /** What a client needs beside the sentence: the rule that a file broke, the current version of a stale write. */
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type Problem = z.infer<typeof Problem>;

/** Problems that any route may answer. */
export const commonProblems = [
  'malformed',
  'validation',
  'rate_limited',
  'overloaded',
  'database_unavailable',
  'internal',
] as const satisfies readonly ProblemCode[];
