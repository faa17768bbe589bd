import { type ProblemCode, problemStatuses } from '@rnoce/schemas';

type Repeat = 'later' | 'corrected' | 'read' | 'credentials' | 'rights' | 'gone';

/** What repeating a request is worth, by the status of its refusal (RFC 9110, 15.5 and 15.6). */
const repeats = {
  400: 'corrected',
  401: 'credentials',
  403: 'rights',
  404: 'rights',
  405: 'rights',
  408: 'later',
  409: 'read',
  410: 'gone',
  412: 'read',
  413: 'corrected',
  415: 'corrected',
  422: 'corrected',
  428: 'corrected',
  429: 'later',
  500: 'later',
  503: 'later',
} as const satisfies Record<(typeof problemStatuses)[ProblemCode], Repeat>;

/** `request_running` is the one 409 that passes by itself. */
export const repeatOf = (code: ProblemCode): Repeat =>
  code === 'request_running' ? 'later' : repeats[problemStatuses[code]];

/** Problems whose sentence doesn't say what a person or a program does about them: `landing:problems.do.<code>` does. */
const advised = [
  'accounts_not_refused',
  'anomaly_closed',
  'authority_unavailable',
  'body_too_large',
  'cross_site',
  'document_forbidden',
  'filing_not_decidable',
  'forbidden',
  'idempotency_key_missing',
  'idempotency_key_reused',
  'import_refused',
  'internal',
  'invoice_paid',
  'issuer_unknown',
  'malformed',
  'method_not_allowed',
  'not_found',
  'not_signed_in',
  'observation_impossible',
  'password_wrong',
  'provider_not_configured',
  'rate_limited',
  'registration_not_refused',
  'registry_code_not_needed',
  'request_not_decidable',
  'request_not_resendable',
  'second_agent_needed',
  'stale',
  'subscription_not_editable',
  'unsupported_media_type',
  'validation',
  'version_missing',
] as const satisfies readonly ProblemCode[];
type Advised = (typeof advised)[number];

export const isAdvised = (code: ProblemCode): code is Advised =>
  (advised as readonly ProblemCode[]).includes(code);
