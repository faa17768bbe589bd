import { isRawResponse, type Route } from '@rnoce/schemas';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { openApiText } from '../features/openapi/openapi-document.ts';

type Json = Record<string, unknown>;

/** The document with every object closed: what isn't documented is a fault, in an example and in an answer. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, closed(inner)] as const);
  const isOpen = 'properties' in value && !('additionalProperties' in value) && !('allOf' in value);
  return Object.fromEntries(isOpen ? [...entries, ['additionalProperties', false]] : entries);
}

const documentId = 'https://rnoce.example/openapi.json';

/** Judges answers by the documented schemas, closed. */
export function createAnswerJudge() {
  const document = JSON.parse(openApiText()) as {
    paths: Record<string, Record<string, { operationId: string; responses: Record<string, Json> }>>;
  };
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema({ ...(closed(document) as Json), $id: documentId });
  const compiled = new Map<string, ValidateFunction>();

  const validatorOf = (route: Route, status: number): ValidateFunction => {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    const pointer = ['paths', path, route.method.toLowerCase(), 'responses', String(status)]
      .concat(['content', 'application/json', 'schema'])
      .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/');
    const known = compiled.get(pointer);
    if (known) return known;
    const made = ajv.compile({ $ref: `${documentId}#/${pointer}` });
    compiled.set(pointer, made);
    return made;
  };

  return {
    /** What the documented schema says against a value; empty: it is as documented. */
    faults: (route: Route, status: number, value: unknown): string[] => {
      const validate = validatorOf(route, status);
      if (validate(value)) return [];
      return (validate.errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath} ${String(message)} ${JSON.stringify(params)}`,
      );
    },
  };
}

/** The status and the JSON schema with which a route succeeds; undefined: it answers no JSON. */
export function successOf(route: Route): number | undefined {
  const found = Object.entries(route.responses).find(
    ([status, response]) => status.startsWith('2') && !isRawResponse(response),
  );
  return found && Number(found[0]);
}

const kinds: readonly (readonly [string, RegExp])[] = [
  ['uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/],
  ['instant', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/],
  ['date', /^\d{4}-\d\d-\d\d$/],
  ['amount', /^-?\d+\.\d\d$/],
  ['SHA-256', /^[0-9a-f]{64}$/],
  ['e-mail', /^[^@\s]+@[^@\s]+$/],
  ['address', /^https?:\/\//],
];

function kindOf(value: unknown): string {
  if (typeof value !== 'string') return typeof value;
  return kinds.find(([, pattern]) => pattern.test(value))?.[0] ?? 'text';
}

/** What kinds of values stand at each place; the items of a list stand at one. Nulls and empty texts tell nothing. */
function kindsByPlace(value: unknown, place = '', found = new Map<string, Set<string>>()) {
  if (value === null || value === '') return found;
  if (Array.isArray(value)) {
    for (const item of value) kindsByPlace(item, `${place}[]`, found);
    return found;
  }
  if (typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) kindsByPlace(inner, `${place}.${key}`, found);
    return found;
  }
  const here = found.get(place) ?? new Set<string>();
  found.set(place, here.add(kindOf(value)));
  return found;
}

/** Places where the example shows another kind of value than any of the answers: a date for an instant, a name for an id. */
export function kindDifferences(example: unknown, answers: readonly unknown[]): string[] {
  const real = new Map<string, Set<string>>();
  for (const answer of answers) kindsByPlace(answer, '', real);
  return [...kindsByPlace(example)].flatMap(([place, shown]) => {
    const answered = real.get(place);
    if (!answered) return [];
    const odd = [...shown].filter((kind) => !answered.has(kind));
    return odd.length === 0 ? [] : [`${place}: ${odd.join(', ')} is ${[...answered].join(', ')} in truth`];
  });
}
