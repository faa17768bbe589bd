import {
  isRawResponse,
  type Route,
  type RouteAnswer,
  type RouteBody,
  type RouteParams,
  type RouteQuery,
  validate,
} from '@rnoce/schemas';
import fastJsonStringify from 'fast-json-stringify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ProblemError } from './problems.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The declaration that this route serves. */
    contract?: Route;
    /** A page or a file for people, outside the JSON contract. */
    page?: true;
  }
  interface FastifyInstance {
    /** The declarations that are served, in the order of their registration. */
    servedRoutes: Route[];
  }
}

/** A request whose parts were validated by the route's schemas. */
export interface Incoming<R extends Route> {
  readonly params: RouteParams<R>;
  readonly query: RouteQuery<R>;
  readonly body: RouteBody<R>;
  /** The body's bytes, for a route with `rawBody`; empty for the others. */
  readonly raw: Buffer;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}
export type Handler<R extends Route> = (incoming: Incoming<R>) => Promise<RouteAnswer<R> | FastifyReply>;

function validated(schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined;
  const result = validate(schema, value);
  if (result.issues.length > 0) throw new ProblemError('validation', { issues: result.issues });
  return result.value;
}

/**
 * An id that can't be one is an id of nothing: 404, as for other people's things. A name that a PUT would give to a new thing is judged like what
 * stands in its body.
 */
function validatedParams({ method, params: schema }: Route, value: unknown): unknown {
  if (!schema) return undefined;
  const { value: params, issues } = validate(schema, value);
  if (issues.length === 0) return params;
  if (method === 'PUT' && issues.every(({ code }) => code === 'too_long'))
    throw new ProblemError('validation', { issues });
  throw new ProblemError('not_found');
}

/**
 * JSON Schema of a response. `anyOf [X, null]` becomes a nullable X, which the serializer writes without trying each branch;
 * keys that aren't declared are left out.
 */
export function responseSchema(schema: z.ZodType): Record<string, unknown> {
  return z.toJSONSchema(schema, {
    io: 'output',
    target: 'draft-07',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      delete jsonSchema.additionalProperties;
      if ('propertyNames' in jsonSchema) {
        delete jsonSchema.propertyNames;
        jsonSchema.additionalProperties = true;
      }
      const [first, second, ...others] = jsonSchema.anyOf ?? [];
      if (
        first &&
        others.length === 0 &&
        second?.type === 'null' &&
        typeof first.type === 'string' &&
        !first.enum
      ) {
        delete jsonSchema.anyOf;
        Object.assign(jsonSchema, first, { nullable: true });
      }
    },
  }) as Record<string, unknown>;
}

/** Largest JSON body of a route that anybody may call, in bytes: what a stranger can have kept in memory, slowly sent, stays small. */
const strangersBodyLimit = 32 * 1024;

function bodyLimitOf({ access, rawBody }: Route): { bodyLimit?: number } {
  if (rawBody) return { bodyLimit: rawBody.maxBytes };
  return access.includes('anyone') ? { bodyLimit: strangersBodyLimit } : {};
}

const successStatus = (route: Route): number =>
  Number(Object.keys(route.responses).find((status) => status.startsWith('2')) ?? 200);

/** Serializers by route: making one takes longer than all its use in a test, and an API is built for each file of them. */
const serializers = new WeakMap<Route, (answer: unknown) => string>();

/** Writes the route's answer, what its declared response lists and nothing else; undefined where the answer is no JSON. */
function serializerOf(route: Route): ((answer: unknown) => string) | undefined {
  const response = route.responses[successStatus(route)];
  if (!response || isRawResponse(response)) return undefined;
  const kept = serializers.get(route);
  if (kept) return kept;
  const made: (answer: unknown) => string = fastJsonStringify(responseSchema(response));
  serializers.set(route, made);
  return made;
}

/**
 * Serves one route of the contract: validates what comes in, calls the handler, writes what the declared response lists and
 * nothing else. Who may call is judged before, by the hook of `principal.ts`, from the route's `access`.
 */
export function serve<R extends Route>(app: FastifyInstance, route: R, handler: Handler<R>): void {
  if (!route.rawBody) {
    addRoute(app, route, handler);
    return;
  }
  const { mediaTypes, maxBytes } = route.rawBody;
  // A scope of its own: its body is parsed by nothing, whatever the others do.
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      [...mediaTypes],
      { parseAs: 'buffer', bodyLimit: maxBytes },
      (_request, body, done) => done(null, body),
    );
    addRoute(scope, route, handler);
  });
}

/** Where a route is served: a section by its name in JSON too, `sections/bankAccount` as `sections/bank-account`. */
function addressesOf({ path }: Route): string[] {
  const named = path.replaceAll(/(?<=\/sections\/.*)-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return [...new Set([path, named])];
}

function addRoute<R extends Route>(app: FastifyInstance, route: R, handler: Handler<R>): void {
  const status = successStatus(route);
  const stringify = serializerOf(route);
  for (const url of addressesOf(route))
    app.route({
      method: route.method,
      url,
      ...bodyLimitOf(route),
      config: {
        contract: route,
        rateLimit: route.rateLimit
          ? { max: route.rateLimit.max, timeWindow: route.rateLimit.windowSeconds * 1000 }
          : false,
      },
      handler: async (request, reply) => {
        const answer = await handler({
          params: validatedParams(route, request.params) as RouteParams<R>,
          query: validated(route.query, request.query) as RouteQuery<R>,
          body: validated(route.body, request.body) as RouteBody<R>,
          raw: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
          request,
          reply,
        });
        if (reply.sent || answer === reply) return reply;
        reply.code(status);
        if (!stringify) return await reply.send();
        return await reply.type('application/json; charset=utf-8').serializer(stringify).send(answer);
      },
    });
}

/**
 * Refuses at boot a route that declares neither a contract nor that it is a page: an undeclared response leaks what it holds; and one that lets
 * integrators in without saying which, or the reverse.
 */
export function guardRoutes(app: FastifyInstance): void {
  app.decorate('servedRoutes', []);
  app.addHook('onRoute', ({ config, method, url }) => {
    const contract = config?.contract;
    if (contract?.method === method && !app.servedRoutes.includes(contract)) app.servedRoutes.push(contract);
    if (contract && contract.access.includes('integrator') !== (contract.integrator !== undefined))
      throw new Error(`The route ${contract.name} must both let integrators in and say which`);
    if (contract || config?.page) return;
    throw new Error(`The route ${String(method)} ${url} declares no contract`);
  });
}

const etag = (version: number): string => `"${String(version)}"`;

/** Tells the version of what is answered: the client gives it back in `If-Match`. */
export function tellVersion(reply: FastifyReply, version: number): void {
  reply.header('etag', etag(version));
}

/** A list of tags as RFC 9110, 8.8.3 writes them. */
const tags = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"(?:\s*,\s*(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*")*$/;

/** What a client may say of the thing that it writes: its version, that it is there (`any`) or that it isn't (`none`). */
export type Precondition = number | 'any' | 'none';

/**
 * What the client says of what it changes, where it needn't; undefined when it says nothing. Throws `if_match_invalid` for what is no tag, and
 * `stale` for tags that aren't one of ours.
 */
export function findPrecondition(request: FastifyRequest): Precondition | undefined {
  const { 'if-match': match, 'if-none-match': noneMatch } = request.headers;
  if (match?.trim() === '*') return 'any';
  if (match !== undefined) return requireVersion(request);
  return noneMatch?.trim() === '*' ? 'none' : undefined;
}

/**
 * The version that the client changes. Throws `version_missing` without `If-Match`, `if_match_invalid` for what is no tag (`*` is none: it says
 * nothing of what was seen), and `stale` for tags that aren't one of ours: they match nothing.
 */
export function requireVersion(request: FastifyRequest): number {
  const header = request.headers['if-match']?.trim();
  if (header === undefined) throw new ProblemError('version_missing');
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(header)?.[1];
  if (version !== undefined) return Number(version);
  throw new ProblemError(tags.test(header) ? 'stale' : 'if_match_invalid');
}
