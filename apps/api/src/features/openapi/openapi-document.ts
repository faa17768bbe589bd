import { isRawResponse, Problem, type Route } from '@rnoce/schemas';
import { allRoutes } from '@rnoce/schemas/routes';
import type { z } from 'zod';
import { mayBeVersioned, problemsOf } from '../../plugins/route-problems.ts';
import { header, headers, parameter, parameters, securitySchemes } from './document-components.ts';
import { type RouteExample, routeExamples } from './openapi-examples.ts';
import { problemEntries, problemExample } from './problem-examples.ts';
import { createSchemaBook, type JsonSchema, type SchemaBook, type UsedSchema } from './schema-components.ts';
import { eventSchemas, webhooksSection } from './webhooks-section.ts';

/** The parts of an OpenAPI 3.1 document that this module writes. */
interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: JsonSchema;
  readonly servers: readonly JsonSchema[];
  readonly tags: readonly JsonSchema[];
  readonly paths: Record<string, Record<string, JsonSchema>>;
  readonly webhooks: Record<string, JsonSchema>;
  readonly components: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>;
}

const description = `The API of the portal where Morocco's economic operators register with customs and the PortNet single window.

- JSON in UTF-8 with camelCase names; dates \`YYYY-MM-DD\`, instants RFC 3339 in UTC, amounts a decimal string with two places.
- A program sends its key with each request: \`Authorization: Bearer rnoce_…\`. Each operation names the kinds of integrators that it is open to, and the scope that
  the key needs. What is another's is answered like what doesn't exist: 404.
- Every refusal is a problem (RFC 9457) with a stable \`code\`; [its page](/api/docs/problems) is at \`type\`. \`errors\` point into the body.
- \`Idempotency-Key\` makes a POST safe to repeat: the same key and body answer the same for 24 h. A program must send it.
- \`ETag\` and \`If-Match\` keep two writers from undoing each other: a stale write is 412 and changes nothing.
- \`RateLimit\` headers tell a program how many requests its key may still make; beyond, 429 with \`Retry-After\`.
- Lists that programs walk answer \`nextCursor\`: give it back as \`cursor\`, as it is.
- Webhooks tell what happened, signed as Standard Webhooks 1.0; an event may come twice, or out of order.
- \`x-request-id\` names a request to the assistance.
- Names are only ever added: a client ignores what it doesn't know.`;

/** In the order of the documentation: what programs work with first. */
export const tags: Readonly<Record<string, string>> = {
  invoices: 'What issuers publish, what anybody finds by a subscription code, and what an operator owes',
  payments: "Orders, receipts, and the issuer's feed of payments for reconciliation",
  filings: 'What an authority examines and decides',
  'customs-requests': 'Operations on a customs account: update, cancellation, restoration',
  subscriptions: 'The form, from the verification to the submission',
  documents: "The form's files",
  contracts: 'The contract with PortNet: made, signed, checked',
  webhooks:
    'Being called when something happens: endpoints, secrets, the journal, and the same events as a feed',
  integrators: 'Who may use this interface by programs, and their keys: for administrators',
  messages: 'What operators and agents write to each other about a request',
  finance: "The finance agents: orders, refunds, the providers' daily files, anomalies",
  gateways: 'What payment gateways call, known by their signatures',
  accounts: 'Sign-up, passwords and the account itself',
  sessions: "Operators' sign-in",
  agents: "Agents' sign-in, and the link by which an invited one sets up the access",
  administration:
    'For administrators: the agents of their authority, issuers, and the history of what was done',
  reference: 'Lists that forms choose from',
  configuration: 'What this installation offers',
};

const titleOf = (tag: string): string => `${tag.charAt(0).toUpperCase()}${tag.slice(1).replaceAll('-', ' ')}`;

/** What answers to programs say of their key's limit. */
const rateHeaders = (route: Route): Record<string, JsonSchema> =>
  route.access.includes('integrator')
    ? { 'RateLimit-Policy': header('RateLimitPolicy'), RateLimit: header('RateLimit') }
    : {};

function problemResponses(route: Route, book: SchemaBook): Record<string, JsonSchema> {
  return Object.fromEntries(
    [...problemsOf(route)].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\``).join(', '),
        headers: {
          'x-request-id': header('RequestId'),
          ...rateHeaders(route),
          ...(status === 401 ? { 'WWW-Authenticate': header('WwwAuthenticate') } : {}),
          ...(status === 429 || status === 503 || codes.includes('request_running')
            ? { 'Retry-After': header('RetryAfter') }
            : {}),
        },
        content: {
          'application/problem+json': {
            schema: book.of(Problem, 'output'),
            examples: Object.fromEntries(
              codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]),
            ),
          },
        },
      },
    ]),
  );
}

const successDescriptions: Readonly<Record<string, string>> = {
  200: 'Done',
  201: 'Created',
  202: 'Accepted: the rest follows by e-mail',
  204: 'Done; nothing to say',
  303: 'Go on to `Location`',
};

function successResponses(route: Route, book: SchemaBook, example: RouteExample | undefined) {
  return Object.fromEntries(
    Object.entries(route.responses).map(([status, response]): [string, JsonSchema] => {
      const headers = {
        'x-request-id': header('RequestId'),
        ...rateHeaders(route),
        ...(route.versioned ? { ETag: header('ETag') } : {}),
      };
      const base = { description: successDescriptions[status] ?? 'Done', headers };
      if (!isRawResponse(response))
        return [
          status,
          {
            ...base,
            content: {
              'application/json': {
                schema: book.of(response, 'output'),
                ...(example && 'response' in example ? { example: example.response } : {}),
              },
            },
          },
        ];
      if (response.raw === 'empty') return [status, base];
      return [
        status,
        { ...base, content: Object.fromEntries(response.mediaTypes.map((type) => [type, {}])) },
      ];
    }),
  );
}

/** A status may be answered in a gateway's own words and as a problem: its body is of either type. */
function bothOf(
  own: Record<string, JsonSchema>,
  problems: Record<string, JsonSchema>,
): Record<string, JsonSchema> {
  const both = Object.entries(problems).map(([status, problem]): [string, JsonSchema] => {
    const content = own[status]?.content;
    return [
      status,
      content ? { ...problem, content: { ...content, ...(problem.content as object) } } : problem,
    ];
  });
  return { ...own, ...Object.fromEntries(both) };
}

interface ObjectSchema {
  readonly properties?: Record<string, JsonSchema>;
  readonly required?: readonly string[];
}
/** A strict object, or each of several of which one is given. */
const alternativesOf = (written: JsonSchema): readonly ObjectSchema[] =>
  (written as { anyOf?: ObjectSchema[] }).anyOf ?? [written];

/**
 * The values of a strict object, each as a parameter of the path or of the query. Of several such objects OpenAPI can't say that one is
 * given: what tells them apart is optional, and says so in words.
 */
function objectParameters(
  schema: z.ZodType | undefined,
  place: 'path' | 'query',
  book: SchemaBook,
  examples: Readonly<Record<string, unknown>> = {},
): JsonSchema[] {
  if (!schema) return [];
  const outputs = alternativesOf(book.writtenOut(schema, 'output'));
  const inputs = alternativesOf(book.writtenOut(schema, 'input'));
  const properties: Record<string, JsonSchema> = Object.assign({}, ...outputs.map((one) => one.properties));
  const distinct = Object.keys(properties).filter((name) => outputs.some((one) => !one.properties?.[name]));
  const oneOf = `Exactly one is given of ${distinct.map((name) => `\`${name}\``).join(', ')}.`;
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    ...(distinct.includes(name) ? { description: oneOf } : {}),
    required: place === 'path' || inputs.every(({ required }) => required?.includes(name)),
    schema: property,
    ...(name in examples ? { example: examples[name] } : {}),
  }));
}

function requestBody(
  route: Route,
  book: SchemaBook,
  example: RouteExample | undefined,
): JsonSchema | undefined {
  if (route.upload) {
    return {
      required: true,
      content: {
        'multipart/form-data': {
          schema: {
            type: 'object',
            required: ['file'],
            properties: {
              file: {
                type: 'string',
                contentMediaType: 'application/octet-stream',
                maxLength: route.upload.maxBytes,
              },
            },
          },
          encoding: { file: { contentType: route.upload.mediaTypes.join(', ') } },
        },
      },
    };
  }
  if (route.rawBody) {
    const { mediaTypes, json } = route.rawBody;
    return {
      required: true,
      content: Object.fromEntries(
        mediaTypes.map((type): [string, JsonSchema] => {
          const isJson = type === 'application/json';
          return [
            type,
            {
              ...(isJson && json ? { schema: book.of(json, 'input') } : {}),
              ...(example?.raw?.[type] === undefined ? {} : { example: example.raw[type] }),
            },
          ];
        }),
      ),
    };
  }
  if (!route.body) return undefined;
  return {
    required: true,
    content: {
      'application/json': {
        schema: book.of(route.body, 'input'),
        ...(example && 'body' in example ? { example: example.body } : {}),
      },
    },
  };
}

/** The key comes first: samples and « try it » take the first. */
const schemes = [
  ['integrator', 'integratorKey'],
  ['operator', 'operatorSession'],
  ['agent', 'agentSession'],
] as const;

/** In OpenAPI 3.1 a scheme that is no OAuth may name the roles that a call needs: the scope. */
function securityOf({ access, integrator }: Route): JsonSchema[] {
  return schemes
    .filter(([kind]) => access.includes(kind))
    .map(([kind, name]) => ({
      [name]: kind === 'integrator' && integrator?.scope ? [integrator.scope] : [],
    }));
}

/** What an operation does: its first words for lists, the whole for its own place, and who may call by a key. */
function words({ summary, integrator }: Route): JsonSchema {
  const [first = summary] = summary.split(/[;.] /);
  const whole = first === summary ? [] : [`${summary}.`];
  if (!integrator) return { summary: first, ...(whole.length > 0 ? { description: whole.join('') } : {}) };
  const { kinds, scope } = integrator;
  const whose = `By the key of ${kinds.map((kind) => `an ${kind}`).join(' or ')}`;
  const needs = scope ? `with the scope \`${scope}\`` : 'with the scope that reads what each item is about';
  return {
    summary: first,
    description: [...whole, `${whose}, ${needs}.`].join('\n\n'),
    ...(scope ? { 'x-scope': scope } : {}),
    'x-integrators': kinds,
  };
}

function operation(route: Route, book: SchemaBook): JsonSchema {
  const example: RouteExample | undefined = routeExamples[route.name];
  const body = requestBody(route, book, example);
  return {
    operationId: route.name,
    tags: [route.tag],
    ...words(route),
    security: securityOf(route),
    parameters: [
      ...objectParameters(route.params, 'path', book, example?.params),
      ...objectParameters(route.query, 'query', book, example?.query),
      parameter('AcceptLanguage'),
      ...(route.idempotent ? [parameter('IdempotencyKey')] : []),
      ...(route.versioned === 'required' ? [parameter('IfMatch')] : []),
      ...(mayBeVersioned(route) ? [parameter('OptionalIfMatch')] : []),
    ],
    ...(body ? { requestBody: body } : {}),
    responses: bothOf(successResponses(route, book, example), problemResponses(route, book)),
  };
}

/** The schemas of bodies and answers, with who reads them. */
const usedBy = ({ body, rawBody, responses }: Route): UsedSchema[] => [
  ...(rawBody?.json ? [{ schema: rawBody.json, direction: 'input' as const }] : []),
  ...(body ? [{ schema: body, direction: 'input' as const }] : []),
  ...Object.values(responses).flatMap((response) =>
    isRawResponse(response) ? [] : [{ schema: response, direction: 'output' as const }],
  ),
];

/** The OpenAPI 3.1 document of the contract: made of the declarations that the routes are served by, nothing is written twice. */
function openApiDocument(): OpenApiDocument {
  const book = createSchemaBook(
    [{ schema: Problem, direction: 'output' }, ...allRoutes.flatMap(usedBy), ...eventSchemas],
    allRoutes.flatMap(({ params, query }) => [params, query].filter((part) => part !== undefined)),
  );
  const paths: OpenApiDocument['paths'] = {};
  for (const route of allRoutes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, book) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'RNOCE',
      version: '1',
      summary: 'Registration of economic operators with customs and the single window',
      description,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    tags: Object.entries(tags).map(([name, about]) => ({
      name,
      'x-displayName': titleOf(name),
      description: about,
    })),
    paths,
    webhooks: webhooksSection(book),
    components: {
      schemas: book.components,
      examples: Object.fromEntries(
        problemEntries.map(([code]) => {
          const value = problemExample(code, 'en');
          return [code, { summary: value.title, value }];
        }),
      ),
      securitySchemes,
      headers,
      parameters,
    },
  };
}

/** The document as it is committed and served. */
export const openApiText = (): string => `${JSON.stringify(openApiDocument(), null, 2)}\n`;
