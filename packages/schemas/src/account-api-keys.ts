import { z } from 'zod';
import { noContent, route } from './contract.ts';
import { ApiKey } from './integrators.ts';
import { Authority } from './operator-types.ts';
import { ApiKeyId } from './primitives.ts';
import { operatorScopes } from './scopes.ts';

/** A key by which programs act for an operator, as the operator sees it. */
export const AccountApiKey = ApiKey.pick({
  id: true,
  name: true,
  hint: true,
  status: true,
  expiresOn: true,
  createdAt: true,
  lastUsedAt: true,
  revokedAt: true,
}).extend({
  /** The name of the integrator whose programs hold it. */
  integrator: z.string(),
  scopes: z.array(z.enum(operatorScopes)),
  /** Whose administrator made it; null for the demonstration's. */
  authority: Authority.nullable(),
});
export type AccountApiKey = z.infer<typeof AccountApiKey>;

const tag = 'accounts';
/** Sessions alone: a key must neither list keys nor end them. */
const access = ['operator'] as const;

export const listAccountApiKeys = route({
  name: 'listAccountApiKeys',
  tag,
  method: 'GET',
  path: '/account/api-keys',
  access,
  summary: 'The keys by which programs act for the operator, those that work no more too, the newest first',
  responses: { 200: z.object({ items: z.array(AccountApiKey) }) },
  problems: [],
});

export const revokeAccountApiKey = route({
  name: 'revokeAccountApiKey',
  tag,
  method: 'DELETE',
  path: '/account/api-keys/:id',
  access,
  summary:
    "Revoke a key that acts for the operator, at once; revoked already is done already. If it could manage webhooks, its integrator's endpoints are disabled and get new secrets",
  params: z.strictObject({ id: ApiKeyId }),
  responses: { 204: noContent },
  problems: [],
});
