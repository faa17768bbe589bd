import { z } from 'zod';
import { noContent, route } from './contract.ts';
import { email, text } from './fields.ts';
import { SubscriptionCode } from './invoices.ts';
import { Issuer, IssuerCode } from './issuers.ts';
import { addIssue } from './issues.ts';
import { Authority } from './operator-types.ts';
import { ApiKeyId, CalendarDate, Instant, IntegratorId, Locale, PageQuery, page } from './primitives.ts';
import { integratorKinds, scopes } from './scopes.ts';

export const IntegratorKind = z.enum(integratorKinds);
export type IntegratorKind = z.infer<typeof IntegratorKind>;
export const Scope = z.enum(scopes);
export type Scope = z.infer<typeof Scope>;

/** Live keys of an integrator at once: one in use, and the next while programs change over to it. */
export const maxLiveKeys = 2;
/** Days that a key may live at the most. */
export const maxKeyDays = 366;

/** An address or a network from which a key works: `196.200.131.4`, `196.200.131.0/24`, `2001:db8::/32`. */
export const AllowedAddress = z
  .string()
  .trim()
  .max(50)
  .check(({ value, issues }) => {
    const [address = '', bits, ...more] = value.split('/');
    const isV4 = z.ipv4().safeParse(address).success;
    const isV6 = !isV4 && z.ipv6().safeParse(address).success;
    const mostBits = isV4 ? 32 : 128;
    const isNetwork =
      bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= mostBits && Number(bits) > 0);
    if ((!isV4 && !isV6) || !isNetwork || more.length > 0) addIssue(issues, value, 'address_range_invalid');
  });

export const apiKeyStatuses = ['live', 'expired', 'revoked'] as const;

/** A key as it may be shown again: never its secret part. */
export const ApiKey = z.object({
  id: ApiKeyId,
  integratorId: IntegratorId,
  name: z.string(),
  /** What tells it from the others: `rnoce_7fK2mQ9xW4pT…`. */
  hint: z.string(),
  scopes: z.array(Scope),
  /** Empty: from anywhere. */
  allowedAddresses: z.array(z.string()),
  status: z.enum(apiKeyStatuses),
  /** The last day on which it works, in Casablanca. */
  expiresOn: CalendarDate,
  createdAt: Instant,
  /** The agent's name. */
  createdBy: z.string(),
  /** To the minute. */
  lastUsedAt: Instant.nullable(),
  lastUsedFrom: z.string().nullable(),
  revokedAt: Instant.nullable(),
  /** The agent's name; the operator's, who ended it. */
  revokedBy: z.string().nullable(),
  /** When it was declared to be, or to have been, in other hands. */
  compromisedAt: Instant.nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;

/** Whose programs use the interface: of `issuer`, `authority` and `operator` the one that its kind names. */
export const Integrator = z.object({
  id: IntegratorId,
  name: z.string(),
  kind: IntegratorKind,
  issuer: Issuer.nullable(),
  authority: Authority.nullable(),
  operator: z.object({ legalName: z.string(), subscriptionCode: z.string() }).nullable(),
  /** Whom we write to when a webhook is disabled. */
  email: z.string(),
  locale: Locale,
  /** Its keys work, its webhooks are called. */
  active: z.boolean(),
  createdAt: Instant,
  liveKeys: z.int(),
  lastUsedAt: Instant.nullable(),
  webhooks: z.object({ enabled: z.int(), disabled: z.int() }),
});
export type Integrator = z.infer<typeof Integrator>;

const contact = { name: text(100), email: email(), locale: Locale.default('fr') };

export const CreateIntegratorBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('issuer'), issuer: IssuerCode, ...contact }),
  z.strictObject({ kind: z.literal('authority'), authority: Authority, ...contact }),
  /** The operator who holds this subscription code. */
  z.strictObject({ kind: z.literal('operator'), subscriptionCode: SubscriptionCode, ...contact }),
]);
export type CreateIntegratorBody = z.infer<typeof CreateIntegratorBody>;

const tag = 'integrators';
const access = ['agent'] as const;
const integratorParams = z.strictObject({ id: IntegratorId });

export const listIntegrators = route({
  name: 'listIntegrators',
  tag,
  method: 'GET',
  path: '/admin/integrators',
  access,
  summary: "Integrators: issuers, operators, and the administrator's own authority",
  query: PageQuery.extend({ kind: IntegratorKind.optional(), q: z.string().trim().max(100).optional() }),
  responses: { 200: page(Integrator) },
  problems: ['forbidden'],
});

export const createIntegrator = route({
  name: 'createIntegrator',
  tag,
  method: 'POST',
  path: '/admin/integrators',
  access,
  summary: 'Let an issuer, an authority or an operator use the interface by programs of its own',
  body: CreateIntegratorBody,
  responses: { 201: Integrator },
  problems: ['forbidden', 'issuer_unknown'],
  idempotent: true,
});

export const getIntegrator = route({
  name: 'getIntegrator',
  tag,
  method: 'GET',
  path: '/admin/integrators/:id',
  access,
  summary: 'One integrator',
  params: integratorParams,
  responses: { 200: Integrator },
  problems: ['forbidden'],
});

export const changeIntegrator = route({
  name: 'changeIntegrator',
  tag,
  method: 'PATCH',
  path: '/admin/integrators/:id',
  access,
  summary: 'Change its name or whom we write to; suspend it, or let it work again',
  params: integratorParams,
  body: z.strictObject({
    name: text(100).optional(),
    email: email().optional(),
    locale: Locale.optional(),
    active: z.boolean().optional(),
  }),
  responses: { 200: Integrator },
  problems: ['forbidden'],
});

export const listApiKeys = route({
  name: 'listApiKeys',
  tag,
  method: 'GET',
  path: '/admin/api-keys',
  access,
  summary: "An integrator's keys, the newest first",
  query: z.strictObject({ integratorId: IntegratorId }),
  responses: { 200: z.object({ items: z.array(ApiKey) }) },
  problems: ['forbidden', 'not_found'],
});

export const CreateApiKeyBody = z.strictObject({
  integratorId: IntegratorId,
  name: text(100),
  scopes: z
    .array(Scope)
    .min(1)
    .overwrite((given) => [...new Set(given)]),
  expiresOn: CalendarDate,
  allowedAddresses: z.array(AllowedAddress).max(20).default([]),
});
export type CreateApiKeyBody = z.infer<typeof CreateApiKeyBody>;

export const createApiKey = route({
  name: 'createApiKey',
  tag,
  method: 'POST',
  path: '/admin/api-keys',
  access,
  // No `Idempotency-Key`: its answer would be kept, and with it the key that is shown this once.
  summary: 'Make a key; it is shown this once. A key whose answer was lost is revoked, and another one made',
  body: CreateApiKeyBody,
  responses: { 201: ApiKey.extend({ key: z.string() }) },
  problems: ['forbidden', 'not_found', 'keys_at_limit'],
});

export const revokeApiKey = route({
  name: 'revokeApiKey',
  tag,
  method: 'DELETE',
  path: '/admin/api-keys/:id',
  access,
  summary:
    "Revoke a key at once; revoked already is done already. `compromised=true`: it may be in other hands, and if it could manage webhooks, the integrator's endpoints are disabled and get new secrets, without the overlap of a rotation",
  params: z.strictObject({ id: ApiKeyId }),
  query: z.strictObject({ compromised: z.stringbool().default(false) }),
  responses: { 204: noContent },
  problems: ['forbidden'],
});
