import type { AccountId, ApiKeyId, Authority, IntegratorId, IntegratorKind } from '@rnoce/schemas';
import { scopesFor } from '@rnoce/schemas/scopes';
import { apiKeys, integrators } from '../db/schema/integrators.ts';
import { drawKey } from '../plugins/api-keys.ts';
import type { TestApp } from './app.ts';
import { makeAccount } from './factories.ts';
import { makeIssuer } from './invoices.ts';

type IntegratorGiven = Partial<Pick<typeof integrators.$inferInsert, 'name' | 'email' | 'locale' | 'active'>>;
type KeyGiven = Partial<
  Pick<
    typeof apiKeys.$inferInsert,
    'scopes' | 'allowedAddresses' | 'expiresOn' | 'createdBy' | 'revokedAt' | 'lastUsedAt'
  >
>;
/** Whose it is; an issuer or an account that isn't given is made, and an authority is customs. */
type OwnerGiven = {
  readonly kind: IntegratorKind;
  readonly issuerId?: string;
  readonly authority?: Authority;
  readonly accountId?: string;
};

/** Days ahead that no test passes by chance, in real time. */
const usualDays = 300;

/** One more key of an integrator, and the header of the program that holds it. Its scopes are given. */
export async function makeApiKey(
  { deps }: TestApp,
  integratorId: string,
  given: KeyGiven & Required<Pick<KeyGiven, 'scopes'>>,
) {
  const { key, prefix, hash } = drawKey();
  const inDays = new Date(deps.now().getTime() + usualDays * 86_400_000);
  const [made] = await deps.database
    .insert(apiKeys)
    .values({
      name: 'Clé de test',
      expiresOn: inDays.toISOString().slice(0, 10),
      ...given,
      integratorId,
      prefix,
      hash,
    })
    .returning({ id: apiKeys.id });
  if (!made) throw new Error('no key was made');
  return { headers: { authorization: `Bearer ${key}` }, keyId: made.id as ApiKeyId, key };
}

/**
 * An integrator with one key, by default of every scope that its kind may hold, from anywhere:
 * `inject({ headers: { ...integrator.headers } })`.
 */
export async function integratorOf(test: TestApp, given: OwnerGiven & IntegratorGiven & KeyGiven) {
  const { kind, name, email, locale, active, issuerId, accountId, authority, scopes, ...ofKey } = given;
  const owner = {
    issuerId: kind === 'issuer' ? (issuerId ?? (await makeIssuer(test)).id) : null,
    authority: kind === 'authority' ? (authority ?? 'customs') : null,
    accountId: kind === 'operator' ? ((accountId ?? (await makeAccount(test)).id) as AccountId) : null,
  };
  const [made] = await test.deps.database
    .insert(integrators)
    .values({
      kind,
      ...owner,
      name: name ?? 'Système de test',
      email: email ?? 'integration@societe.example',
      locale: locale ?? 'fr',
      active: active ?? true,
    })
    .returning({ id: integrators.id });
  if (!made) throw new Error('no integrator was made');
  const key = await makeApiKey(test, made.id, {
    ...ofKey,
    scopes: scopes ?? scopesFor(kind, owner.authority),
  });
  return { ...key, ...owner, integratorId: made.id as IntegratorId };
}
