import { z } from 'zod';
import { route } from './contract.ts';
import { IssuerCode } from './issuers.ts';
import { AdministrationEntryId, AgentId, Instant, IntegratorId, PageQuery, page } from './primitives.ts';

/**
 * What administrators do, written in the transaction that does it; `agent_enrolled` is the invited agent's own, `api_key_withdrawn` the
 * operator's, who ended a key that acted for them.
 */
export const administrationActs = [
  'agent_invited',
  'agent_enrolled',
  'agent_access_renewed',
  'agent_changed',
  'agent_suspended',
  'agent_restored',
  'issuer_created',
  'issuer_changed',
  'issuer_suspended',
  'issuer_restored',
  'integrator_created',
  'integrator_changed',
  'integrator_suspended',
  'integrator_restored',
  'api_key_created',
  'api_key_revoked',
  'api_key_compromised',
  'api_key_withdrawn',
  'endpoint_disabled',
  'endpoint_enabled',
] as const;
export const AdministrationAct = z.enum(administrationActs);
export type AdministrationAct = z.infer<typeof AdministrationAct>;

/** A field that an act changed, as it was and as it is, in the words of the API: `decider`, `ar`. */
export const AdministrationChange = z.object({
  field: z.enum(['name', 'role', 'locale', 'email']),
  from: z.string(),
  to: z.string(),
});
export type AdministrationChange = z.infer<typeof AdministrationChange>;

export const AdministrationEntry = z.object({
  id: AdministrationEntryId,
  at: Instant,
  act: AdministrationAct,
  /** Who did it; no agent's id for an operator. */
  by: z.object({ id: AgentId.nullable(), name: z.string() }),
  changes: z.array(AdministrationChange),
  /** Which key, by its hint; which endpoint, by its address; null for other acts. */
  detail: z.string().nullable(),
});
export type AdministrationEntry = z.infer<typeof AdministrationEntry>;

export const listAdministrationEntries = route({
  name: 'listAdministrationEntries',
  tag: 'administration',
  method: 'GET',
  path: '/admin/history',
  access: ['agent'],
  summary: 'What administrators did about an agent, an issuer or an integrator, the newest first',
  query: z.union([
    PageQuery.extend({ agentId: AgentId }),
    PageQuery.extend({ issuer: IssuerCode }),
    PageQuery.extend({ integratorId: IntegratorId }),
  ]),
  responses: { 200: page(AdministrationEntry) },
  problems: ['forbidden', 'not_found'],
});
