import { commonProblems, type ProblemCode, problemStatuses, type Route } from '@rnoce/schemas';

/** Every problem that a route may answer, by status: its own, and those that its declaration brings about. */
export function problemsOf(route: Route): Map<number, ProblemCode[]> {
  const codes = new Set<ProblemCode>([...route.problems, ...commonProblems]);
  if (!route.access.includes('anyone')) codes.add('not_signed_in');
  if (route.method !== 'GET') codes.add('cross_site');
  if (route.params) codes.add('not_found');
  if (route.body) codes.add('body_too_large').add('unsupported_media_type');
  if (route.upload) codes.add('file_too_large').add('unsupported_media_type');
  if (route.versioned === 'required') codes.add('version_missing').add('stale');
  if (route.idempotent) codes.add('idempotency_key_reused').add('request_running');
  if (!route.rateLimit && !route.problems.includes('rate_limited')) codes.delete('rate_limited');
  if (!route.body && !route.query && !route.problems.includes('validation')) codes.delete('validation');
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of [...codes].toSorted((a, b) => a.localeCompare(b, 'en'))) {
    const status = problemStatuses[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return new Map([...byStatus].toSorted(([a], [b]) => a - b));
}
