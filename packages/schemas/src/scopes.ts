/** What integrators' keys may open: one table, without zod, that API, back office and client read the same. */
import type { Authority } from './operator-types.ts';

/** For whom an integrator's programs work: who publishes invoices, who decides, or one operator. */
export const integratorKinds = ['issuer', 'authority', 'operator'] as const;
export type IntegratorKind = (typeof integratorKinds)[number];

/** Every scope with the kinds of integrators that may hold it. What a scope shows is always the integrator's own: other people's things are 404. */
export const scopeRules = {
  'invoices:read': { kinds: ['issuer', 'operator'] },
  'invoices:write': { kinds: ['issuer'] },
  'payments:read': { kinds: ['issuer'] },
  'filings:read': { kinds: ['authority'] },
  'filings:decide': { kinds: ['authority'] },
  'customs_requests:read': { kinds: ['authority', 'operator'], authority: 'customs' },
  'customs_requests:decide': { kinds: ['authority'], authority: 'customs' },
  'subscriptions:read': { kinds: ['operator'] },
  'webhooks:manage': { kinds: ['issuer', 'authority', 'operator'] },
} as const satisfies Record<
  string,
  {
    readonly kinds: readonly IntegratorKind[] /** Of authorities, this one alone. */;
    readonly authority?: Authority;
  }
>;
export type Scope = keyof typeof scopeRules;
export const scopes = Object.keys(scopeRules) as [Scope, ...Scope[]];

type OperatorScope = {
  [S in Scope]: 'operator' extends (typeof scopeRules)[S]['kinds'][number] ? S : never;
}[Scope];
/** What keys may open of an operator's, each by the word that names it in the catalogues, `reference:key-scope.…`. */
export const operatorScopeWords = {
  'invoices:read': 'invoices',
  'customs_requests:read': 'customs-requests',
  'subscriptions:read': 'subscriptions',
  'webhooks:manage': 'webhooks',
} as const satisfies Record<OperatorScope, string>;
export const operatorScopes = Object.keys(operatorScopeWords) as [OperatorScope, ...OperatorScope[]];

/** The scopes that an integrator's keys may hold. */
export const scopesFor = (kind: IntegratorKind, authority: Authority | null): Scope[] =>
  scopes.filter((scope) => {
    const rule: { readonly kinds: readonly IntegratorKind[]; readonly authority?: Authority } =
      scopeRules[scope];
    if (!rule.kinds.includes(kind)) return false;
    return kind !== 'authority' || rule.authority === undefined || rule.authority === authority;
  });
