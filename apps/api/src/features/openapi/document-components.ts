import { accessCookies } from '../../plugins/principal.ts';
import { requestId } from './problem-examples.ts';
import type { JsonSchema } from './schema-components.ts';

/** Refers to one of the headers below. */
export const header = (name: keyof typeof headers): JsonSchema => ({ $ref: `#/components/headers/${name}` });
/** Refers to one of the parameters below. */
export const parameter = (name: keyof typeof parameters): JsonSchema => ({
  $ref: `#/components/parameters/${name}`,
});

/** By which of its credentials a caller is known. */
export const securitySchemes = {
  integratorKey: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'rnoce_…',
    description:
      'The key of an integrator, `rnoce_…`, made by an administrator in « Espace agents » with the scopes that each operation names. It is sent in this header alone: a key in an address is refused, and is not secret any more',
  },
  operatorSession: {
    type: 'apiKey',
    in: 'cookie',
    name: accessCookies.operator,
    description:
      'Given by `POST /sessions`, prolonged by `POST /sessions/refresh`; behind https its name starts with `__Host-`',
  },
  agentSession: {
    type: 'apiKey',
    in: 'cookie',
    name: accessCookies.agent,
    description:
      'Given by `POST /agent-sessions/code`, prolonged by `POST /agent-sessions/refresh`; behind https its name starts with `__Host-`',
  },
} as const;

export const headers = {
  RequestId: {
    description: 'Names this request to the assistance',
    schema: { type: 'string', format: 'uuid' },
    example: requestId,
  },
  ETag: {
    description: 'The version, to give back in `If-Match`',
    schema: { type: 'string' },
    example: '"7"',
  },
  RetryAfter: {
    description: 'Seconds to wait before the next try',
    schema: { type: 'integer', minimum: 1 },
    example: 30,
  },
  RateLimitPolicy: {
    description:
      "To a key: how many requests (`q`) it may make in a window of `w` seconds (IETF draft « RateLimit header fields for HTTP »). Here the policy's name is `key`",
    schema: { type: 'string' },
    example: '"key";q=600;w=60',
  },
  RateLimit: {
    description: 'To a key: how many requests remain (`r`), and in how many seconds the window ends (`t`)',
    schema: { type: 'string' },
    example: '"key";r=594;t=37',
  },
  WwwAuthenticate: {
    description: 'How a program is known: `Bearer`',
    schema: { type: 'string' },
    example: 'Bearer',
  },
} as const;

export const parameters = {
  AcceptLanguage: {
    name: 'Accept-Language',
    in: 'header',
    required: false,
    description: 'Language of the sentences: `fr` (default), `ar` or `en`',
    schema: { type: 'string' },
    example: 'fr',
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'Any unique text: the same key and body answer the same for 24 h. Required (400 `idempotency_key_missing`) with the key of an integrator',
    schema: { type: 'string', minLength: 8, maxLength: 200 },
    example: '6f1c1f4e-3f0a-4a1e-9f43-0a5e8f7a2c11',
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: true,
    description: 'The version that is changed, from its `ETag`',
    schema: { type: 'string' },
    example: '"7"',
  },
  /** Without an example: « try it » would send it, and be told that it is stale. */
  OptionalIfMatch: {
    name: 'If-Match',
    in: 'header',
    required: false,
    description: 'The version that is changed, from its `ETag`; without it the last write wins',
    schema: { type: 'string' },
  },
  WebhookId: {
    name: 'webhook-id',
    in: 'header',
    required: true,
    description:
      'The event: the same at each try and by each redelivery. Keep it, and leave alone what comes twice',
    schema: { type: 'string', format: 'uuid' },
    example: '01995b4a-7d21-7c04-9e5b-1f2a3c4d5e17',
  },
  WebhookTimestamp: {
    name: 'webhook-timestamp',
    in: 'header',
    required: true,
    description: 'When this try was made, in seconds since 1970: refuse one of more than 5 minutes ago',
    schema: { type: 'integer' },
    example: 1_795_254_120,
  },
  WebhookSignature: {
    name: 'webhook-signature',
    in: 'header',
    required: true,
    description:
      'HMAC-SHA-256 of `{webhook-id}.{webhook-timestamp}.{body}` under the endpoint’s secret (Standard Webhooks 1.0): `v1,` and base64. Two, with a space between, for 24 h after a rotation',
    schema: { type: 'string' },
    example: 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
  },
} as const;
