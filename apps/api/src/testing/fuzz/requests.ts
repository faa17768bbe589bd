import { randomUUID } from 'node:crypto';
import { createGeneratorSync } from 'json-schema-faker';
import { makePdf } from '../../integrations/inspection/pdf-samples.ts';
import type { TestApp } from '../app.ts';
import type { Chance } from '../chance.ts';
import { fileForm } from '../uploads.ts';
import type { Caller, World } from '../world.ts';
import type { ApiDocument, Json, JsonObject, JsonSchema, Operation } from './document.ts';
import { currentVersion, everybody, isScheme, namedValues, type Target, targetsOf } from './targets.ts';

/** A request that is still to be spoilt, or sent as it is. */
export interface Draft {
  /** What was done to it, for whoever reads a failure. */
  readonly notes: string[];
  readonly caller: Caller;
  readonly params: Record<string, string>;
  readonly query: [string, string][];
  readonly headers: Record<string, string>;
  /** A JSON body, written when the request is sent; undefined: `payload` is sent as it is. */
  json: Json | undefined;
  payload: string | Buffer | undefined;
}

/** A value as a query writes it. */
const written = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Makes requests as the document describes them. Values are the document's examples, or the faker's, with true names of things mixed in. */
export function createRequests(test: TestApp, document: ApiDocument, chance: Chance) {
  const { components } = document;
  const one = (percent: number) => chance.below(100) < percent;

  const reachedBy = new Map<JsonSchema, JsonSchema>();
  /** The components that a schema refers to, and they in turn: the faker goes through all that it is given. */
  const reached = (schema: JsonSchema): JsonSchema => {
    const known = reachedBy.get(schema);
    if (known) return known;
    const found: Record<string, unknown> = {};
    const visit = (part: unknown): void => {
      for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([\w-]+)"/g)) {
        if (name in found) continue;
        found[name] = components.schemas?.[name];
        visit(found[name]);
      }
    };
    visit(schema);
    reachedBy.set(schema, found);
    return found;
  };

  const fake = (schema: JsonSchema): Json => {
    const generator = createGeneratorSync({
      seed: chance.below(2 ** 31),
      optionalsProbability: 0.6,
      maxItems: 3,
      refDepthMax: 6,
    });
    return generator.generate({ ...schema, components: { schemas: reached(schema) } }) as Json;
  };
  const valueOf = (schema: JsonSchema, example: Json | undefined): Json => {
    if (example !== undefined && one(55)) return structuredClone(example);
    try {
      return fake(schema);
    } catch {
      return example ?? null;
    }
  };
  /** The names in a body that mean something, as often as not by what exists. */
  const named = (value: Json, names: Readonly<Record<string, readonly string[]>>): Json => {
    if (Array.isArray(value)) return value.map((item) => named(item, names));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, held]): [string, Json] => {
      const known = names[key];
      if (!known || one(30)) return [key, named(held, names)];
      return [key, Array.isArray(held) ? [chance.pick(known)] : chance.pick(known)];
    });
    return Object.fromEntries(entries);
  };

  const callerOf = (world: World, scheme: string, target: Target): Caller => {
    if (!isScheme(scheme)) return { headers: {} };
    const owners = target.callers[scheme] ?? [];
    return owners.length > 0 && one(85) ? chance.pick(owners) : chance.pick(everybody(world, scheme));
  };

  const bodyOf = async (draft: Draft, { body, path }: Operation, world: World): Promise<void> => {
    if (!body) return;
    const [type, { schema, example }] = chance.pick(Object.entries(body));
    if (type === 'multipart/form-data') {
      const form = await fileForm(makePdf({ garbage: `% ${randomUUID()}\n` }));
      draft.payload = form.payload;
      draft.headers['content-type'] = form.contentType;
      return;
    }
    draft.headers['content-type'] = type;
    if (type === 'application/json' && (schema || example !== undefined)) {
      draft.json = named(schema ? valueOf(schema, example) : (example ?? null), namedValues(world));
      return;
    }
    draft.payload = example === undefined ? path : written(example);
  };

  /** One request, by this scheme (`''`: nobody's), which the document allows. */
  return async (operation: Operation, world: World, scheme: string): Promise<Draft> => {
    const targets = targetsOf(world, operation);
    const target = chance.pick(targets);
    const draft: Draft = {
      notes: [],
      caller: callerOf(world, scheme, target),
      params: {},
      query: [],
      headers: {},
      json: undefined,
      payload: undefined,
    };
    for (const { name, in: place, required, schema, example } of operation.parameters) {
      if (place === 'path') {
        const own = target.params[name];
        draft.params[name] = own !== undefined && one(90) ? own : written(valueOf(schema, example));
      }
      if (place === 'query') {
        const own = target.query?.[name];
        if (own !== undefined && one(80)) draft.query.push([name, own]);
        else if (required || one(35)) {
          const value = named({ [name]: valueOf(schema, example) }, namedValues(world)) as JsonObject;
          draft.query.push([name, written(value[name] ?? null)]);
        }
      }
      if (name === 'If-Match')
        draft.headers['if-match'] = one(80) ? await currentVersion(test, operation, draft.params.id) : '"1"';
      if (name === 'Idempotency-Key' && (required || scheme === 'integratorKey' || one(50)))
        draft.headers['idempotency-key'] = randomUUID();
      if (name === 'Accept-Language') draft.headers['accept-language'] = chance.pick(['fr', 'ar', 'en']);
    }
    await bodyOf(draft, operation, world);
    return draft;
  };
}

/** The request as it is sent. */
export function writeRequest({ method, path }: Operation, draft: Draft) {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = draft.params[name] ?? '';
    // What a mutation wrote escaped, or wrongly so, goes as it is.
    return value.includes('%') ? value : encodeURIComponent(value);
  });
  const query = draft.query
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  const payload = draft.json === undefined ? draft.payload : JSON.stringify(draft.json);
  return {
    method,
    url: `/api/v1${filled}${query === '' ? '' : `?${query}`}`,
    headers: { ...draft.caller.headers, ...draft.headers },
    ...(payload === undefined ? {} : { payload }),
  };
}
