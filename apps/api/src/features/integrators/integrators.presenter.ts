import {
  type AccountApiKey,
  type ApiKey,
  type ApiKeyId,
  type Integrator,
  type IntegratorId,
  operatorScopes,
} from '@rnoce/schemas';
import { hintOfKey } from '../../plugins/api-keys.ts';
import type { KeyParts } from './api-keys.repository.ts';
import type { IntegratorParts } from './integrators.repository.ts';

export const presentIntegrator = ({
  integrator,
  issuer,
  operator,
  liveKeys,
  lastUsedAt,
  webhooks,
}: IntegratorParts): Integrator => ({
  id: integrator.id as IntegratorId,
  name: integrator.name,
  kind: integrator.kind,
  issuer,
  authority: integrator.authority,
  operator,
  email: integrator.email,
  locale: integrator.locale,
  active: integrator.active,
  createdAt: integrator.createdAt.toISOString(),
  liveKeys,
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
  webhooks,
});

function statusOf({ revokedAt, expiresOn }: KeyParts['key'], today: string): ApiKey['status'] {
  if (revokedAt) return 'revoked';
  return expiresOn < today ? 'expired' : 'live';
}

/** A key as it may be shown again. `today` in Casablanca. */
export const presentKey = ({ key, createdBy, revokedBy }: KeyParts, today: string): ApiKey => ({
  id: key.id as ApiKeyId,
  integratorId: key.integratorId as IntegratorId,
  name: key.name,
  hint: hintOfKey(key.prefix),
  scopes: key.scopes,
  allowedAddresses: key.allowedAddresses,
  status: statusOf(key, today),
  expiresOn: key.expiresOn,
  createdAt: key.createdAt.toISOString(),
  createdBy: createdBy ?? '',
  lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  lastUsedFrom: key.lastUsedFrom,
  revokedAt: key.revokedAt?.toISOString() ?? null,
  revokedBy,
  compromisedAt: key.compromisedAt?.toISOString() ?? null,
});

/** A key as the operator sees it for whom it acts. `today` in Casablanca. */
export const presentAccountKey = (
  { key, integrator, authority }: KeyParts,
  today: string,
): AccountApiKey => ({
  id: key.id as ApiKeyId,
  integrator,
  name: key.name,
  hint: hintOfKey(key.prefix),
  scopes: operatorScopes.filter((scope) => key.scopes.includes(scope)),
  status: statusOf(key, today),
  expiresOn: key.expiresOn,
  createdAt: key.createdAt.toISOString(),
  authority,
  lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  revokedAt: key.revokedAt?.toISOString() ?? null,
});
