import {
  type EventType,
  eventScope,
  type IntegratorKind,
  type Issue,
  subscribableTypes,
} from '@rnoce/schemas';
import { eq, type SQL } from 'drizzle-orm';
import type { FastifyRequest } from 'fastify';
import { integrators } from '../../db/schema/integrators.ts';
import type { Environment } from '../../env.ts';
import { isPublicAddress, literalAddress } from '../../integrations/webhook/webhook-addresses.ts';
import { type AgentPrincipal, agentOf, type IntegratorPrincipal } from '../../plugins/principal.ts';
import { invalid } from '../../plugins/problems.ts';
import { requireManager, visibleTo } from '../integrators/integrators.policy.ts';
import { endpointRefused, scopeMissing } from './webhooks.errors.ts';

/** Who cares for endpoints: the integrator's own programs, or an administrator. */
export type Keeper = AgentPrincipal | IntegratorPrincipal;

/** Throws `forbidden` for an agent who isn't an administrator. */
export const keeperOf = (request: FastifyRequest): Keeper =>
  request.principal?.kind === 'integrator' ? request.principal : requireManager(agentOf(request));

/** The integrators whose endpoints a keeper sees; the others' aren't there. */
export const inCare = (keeper: Keeper): SQL | undefined =>
  keeper.kind === 'integrator' ? eq(integrators.id, keeper.integratorId) : visibleTo(keeper);

/** The types that a key may read: of each the one scope that reads its subject. */
export function readableTypes({ of, scopes }: IntegratorPrincipal): EventType[] {
  return subscribableTypes.filter((type) => {
    const scope = eventScope(type, of.kind);
    return scope !== undefined && scopes.includes(scope);
  });
}

/** Throws `validation` for types that this kind of integrator is never told, `scope_missing` for those that the key may not read. */
export function assertReadable(
  { of, scopes }: IntegratorPrincipal,
  types: readonly EventType[],
  pointerOf: (index: number) => string,
): void {
  const foreign = types.flatMap((type, index): Issue[] =>
    eventScope(type, of.kind) === undefined ? [{ pointer: pointerOf(index), code: 'not_in_list' }] : [],
  );
  if (foreign.length > 0) throw invalid(foreign);
  for (const type of types) assertMayRead({ of, scopes }, type);
}

/** Throws `scope_missing` for a type that tells what the key may not read. A test tells nothing. */
export function assertMayRead(
  { of, scopes }: Pick<IntegratorPrincipal, 'of' | 'scopes'>,
  type: EventType,
): void {
  const scope = eventScope(type, of.kind);
  if (scope !== undefined && !scopes.includes(scope)) throw scopeMissing(scope);
}

/** The scopes by which a kind of integrator reads events at all. */
export const readingScopes = (kind: IntegratorKind) =>
  subscribableTypes.flatMap((type) => eventScope(type, kind) ?? []);

/**
 * Throws `endpoint_refused` for what could never be called. Where a name leads is judged at each connection: whatever it leads to now, it may
 * lead elsewhere tomorrow.
 */
export function assertCallable(
  text: string,
  { WEBHOOK_LOCAL_ADDRESSES }: Pick<Environment, 'WEBHOOK_LOCAL_ADDRESSES'>,
): void {
  if (WEBHOOK_LOCAL_ADDRESSES) return;
  const url = new URL(text);
  const literal = literalAddress(url);
  const isPrivate = literal !== undefined && !isPublicAddress(literal);
  if (url.protocol !== 'https:' || isPrivate || /(?:^|\.)localhost\.?$/i.test(url.hostname))
    throw endpointRefused();
}
