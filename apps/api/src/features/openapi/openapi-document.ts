import { isRawResponse, Problem, type ProblemCode, problemStatuses, type Route } from '@rnoce/schemas';
import { allRoutes } from '@rnoce/schemas/routes';
import type { z } from 'zod';
import { accessCookies } from '../../plugins/principal.ts';
import { ProblemError, presentProblem } from '../../plugins/problems.ts';
import { type RouteExample, routeExamples } from './openapi-examples.ts';
import { problemsOf } from './route-problems.ts';
import { createSchemaBook, type JsonSchema, type SchemaBook, type UsedSchema } from './schema-components.ts';

/** The parts of an OpenAPI 3.1 document that this module writes. */
interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: JsonSchema;
  readonly servers: readonly JsonSchema[];
  readonly tags: readonly JsonSchema[];
  readonly paths: Record<string, Record<string, JsonSchema>>;
  readonly components: Record<string, Record<string, JsonSchema>>;
}

const description = `The API of the portal where Morocco's economic operators register with customs and the PortNet single window.

- JSON in UTF-8 with camelCase names; dates \`YYYY-MM-DD\`, instants RFC 3339 in UTC.
- Every refusal is a problem (RFC 9457) with a stable \`code\`; its page is at \`type\`. \`errors\` point into the body.
- \`Idempotency-Key\` makes a POST safe to repeat: the same key and body answer the same for 24 h.
- \`ETag\` and \`If-Match\` keep two writers from undoing each other: a stale write is 412 and changes nothing.
- \`x-request-id\` names a request to the assistance.
- Names are only ever added: a client ignores what it doesn't know.`;

const tags: Readonly<Record<string, string>> = {
  accounts: 'Sign-up, passwords and the account itself',
  sessions: "Operators' sign-in",
  subscriptions: 'The form, from the verification to the submission',
  documents: "The form's files",
  filings: 'What an authority decides',
  agents: "Agents' sign-in",
  finance: "The finance agents: orders, refunds, the providers' daily files, anomalies",
  invoices: 'What issuers publish, what anybody finds by a subscription code, and what an operator owes',
  reference: 'Lists that forms choose from',
  configuration: 'What this installation offers',
};

/** Every problem of the API with its status, for the page that its `type` leads to. */
export const problemEntries = Object.entries(problemStatuses) as [ProblemCode, number][];

const requestId = '0f8fad5b-d9cb-469f-a165-70867728950e';
const header = (name: string): JsonSchema => ({ $ref: `#/components/headers/${name}` });
const parameter = (name: string): JsonSchema => ({ $ref: `#/components/parameters/${name}` });

/** What problems carry beside their sentence, for their examples. */
const exampleParams: Partial<Record<ProblemCode, Record<string, string | number>>> = {
  locked: { minutes: 15 },
  rate_limited: { seconds: 40 },
  stale: { version: 8 },
};
const exampleIssues: Partial<Record<ProblemCode, { pointer: string; code: 'required' | 'email_in_use' }[]>> =
  {
    validation: [{ pointer: '/address', code: 'required' }],
    email_in_use: [{ pointer: '/email', code: 'email_in_use' }],
  };

function problemExample(code: ProblemCode): JsonSchema {
  const params = exampleParams[code];
  const issues = exampleIssues[code];
  const error = new ProblemError(code, { ...(params ? { params } : {}), ...(issues ? { issues } : {}) });
  const value = presentProblem(error, 'en', requestId);
  return { summary: value.title, value };
}

function problemResponses(route: Route, book: SchemaBook): Record<string, JsonSchema> {
  return Object.fromEntries(
    [...problemsOf(route)].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\``).join(', '),
        headers: {
          'x-request-id': header('RequestId'),
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
};

function successResponses(route: Route, book: SchemaBook, example: RouteExample | undefined) {
  return Object.fromEntries(
    Object.entries(route.responses).map(([status, response]): [string, JsonSchema] => {
      const headers = {
        'x-request-id': header('RequestId'),
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

/** The values of a strict object, each as a parameter of the path or of the query. */
function objectParameters(
  schema: z.ZodType | undefined,
  place: 'path' | 'query',
  book: SchemaBook,
  examples: Readonly<Record<string, unknown>> = {},
): JsonSchema[] {
  if (!schema) return [];
  const { properties = {} } = book.writtenOut(schema, 'output') as {
    properties?: Record<string, JsonSchema>;
  };
  const { required = [] } = book.writtenOut(schema, 'input') as { required?: string[] };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
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

const schemes = {
  operator: 'operatorSession',
  agent: 'agentSession',
  administrator: 'agentSession',
} as const;

function operation(route: Route, book: SchemaBook): JsonSchema {
  const example: RouteExample | undefined = routeExamples[route.name];
  const body = requestBody(route, book, example);
  const security = route.access.flatMap((access) =>
    access in schemes ? [{ [schemes[access as keyof typeof schemes]]: [] }] : [],
  );
  return {
    operationId: route.name,
    tags: [route.tag],
    summary: route.summary,
    security,
    parameters: [
      ...objectParameters(route.params, 'path', book, example?.params),
      ...objectParameters(route.query, 'query', book, example?.query),
      parameter('AcceptLanguage'),
      ...(route.idempotent ? [parameter('IdempotencyKey')] : []),
      ...(route.versioned === 'required' ? [parameter('IfMatch')] : []),
    ],
    ...(body ? { requestBody: body } : {}),
    responses: { ...successResponses(route, book, example), ...problemResponses(route, book) },
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
    [{ schema: Problem, direction: 'output' }, ...allRoutes.flatMap(usedBy)],
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
    tags: Object.entries(tags).map(([name, about]) => ({ name, description: about })),
    paths,
    components: {
      schemas: book.components,
      examples: Object.fromEntries(problemEntries.map(([code]) => [code, problemExample(code)])),
      securitySchemes: {
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
      },
      headers: {
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
      },
      parameters: {
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
          description: 'Any unique text: the same key and body answer the same for 24 h',
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
      },
    },
  };
}

/** The document as it is committed and served. */
export const openApiText = (): string => `${JSON.stringify(openApiDocument(), null, 2)}\n`;
