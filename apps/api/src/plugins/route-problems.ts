import { commonProblems, type ProblemCode, problemStatuses, type Route } from '@rnoce/schemas';

/** What a key may be refused by, on a route that is open to programs. */
function addIntegratorProblems({ integrator }: Route, codes: Set<ProblemCode>): void {
  codes.add('key_refused').add('key_expired').add('address_not_allowed').add('forbidden');
  codes.add('rate_limited');
  if (integrator?.scope) codes.add('scope_missing');
}

function addIdempotencyProblems({ access }: Route, codes: Set<ProblemCode>): void {
  codes.add('idempotency_key_invalid').add('idempotency_key_reused').add('request_running');
  // Who shows a key is a program, also where none is needed.
  if (access.includes('integrator') || access.includes('anyone')) codes.add('idempotency_key_missing');
}

/** A write that takes the version it changes from who says it. */
export const mayBeVersioned = ({ method, versioned, problems }: Route): boolean =>
  method === 'PUT' && versioned === 'answer' && problems.includes('stale');

/** Every problem that a route may answer, by status: its own, and those that its declaration brings about. */
export function problemsOf(route: Route): Map<number, ProblemCode[]> {
  const codes = new Set<ProblemCode>([...route.problems, ...commonProblems, 'key_in_url']);
  if (!route.access.includes('anyone')) codes.add('not_signed_in');
  if (route.access.includes('agent') && !route.withGivenPassword) codes.add('password_to_choose');
  // A body is read, and judged by its type and size, even where none is asked for.
  if (route.method !== 'GET')
    codes.add('cross_site').add('body_too_large').add('unsupported_media_type').add('timeout');
  if (route.params) codes.add('not_found');
  if (route.upload) codes.add('file_too_large');
  if (route.versioned === 'required') codes.add('version_missing').add('stale');
  if (route.versioned === 'required' || mayBeVersioned(route)) codes.add('if_match_invalid');
  if (route.idempotent) addIdempotencyProblems(route, codes);
  if (!route.rateLimit && !route.problems.includes('rate_limited')) codes.delete('rate_limited');
  if (!route.body && !route.query && !route.upload && !route.problems.includes('validation'))
    codes.delete('validation');
  if (route.access.includes('integrator')) addIntegratorProblems(route, codes);
  // A program that sends a key where none is taken is told so, whatever else it may not do.
  else if (!route.access.includes('anyone') && !route.access.includes('gateway'))
    codes.add('forbidden').add('key_refused').add('key_expired').add('address_not_allowed');
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of [...codes].toSorted((a, b) => a.localeCompare(b, 'en'))) {
    const status = problemStatuses[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return new Map([...byStatus].toSorted(([a], [b]) => a - b));
}

const declared = new WeakMap<Route, ReadonlySet<ProblemCode>>();

/** Whether the documentation of a route tells that it may answer this problem. */
export function declaresProblem(route: Route, code: ProblemCode): boolean {
  const codes = declared.get(route) ?? new Set([...problemsOf(route).values()].flat());
  declared.set(route, codes);
  return codes.has(code);
}
