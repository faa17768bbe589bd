import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { ApiDocument, DocumentedResponse, JsonSchema, Operation } from './document.ts';

/** An answer as it came over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** What an answer of ours never shows: where code stands, and who threw what. */
const traces = [
  /\bat (?:async )?[\w.<>$ [\]]+ \(?(?:file:|node:|\/)/,
  /node_modules/,
  /\.[cm]?[jt]s:\d+/,
  /\b(?:Type|Range|Syntax|Reference|Zod|Drizzle\w*)Error\b/,
  /\bselect\b.+\bfrom\b.+\bwhere\b/i,
];

const typeOf = (contentType: string | undefined): string => contentType?.split(';')[0]?.trim() ?? '';

/** Judges answers by the document: what makes one wrong, in words; nothing when it is as documented. */
export function createJudge(document: ApiDocument) {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  // The package is CommonJS: what Node imports is what it exports, whatever its declarations say.
  const addFormats = formats as unknown as (to: Ajv2020) => void;
  addFormats(ajv);
  ajv.addSchema({ $id: 'document', components: document.components });
  const compiled = new Map<JsonSchema, ValidateFunction>();
  const validatorOf = (schema: JsonSchema): ValidateFunction => {
    const known = compiled.get(schema);
    if (known) return known;
    const text = JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"document#/');
    const validator = ajv.compile(JSON.parse(text) as JsonSchema);
    compiled.set(schema, validator);
    return validator;
  };
  const faultOf = (schema: JsonSchema, value: unknown): string | undefined => {
    const validator = validatorOf(schema);
    return validator(value) ? undefined : ajv.errorsText(validator.errors, { dataVar: 'body' });
  };

  function* headerFaults(answer: Answer, documented: DocumentedResponse) {
    for (const [name, { schema }] of Object.entries(documented.headers ?? {})) {
      const value = answer.headers[name];
      // `Retry-After` is told where there is something to wait for; a feed without anything has no version.
      if (value === undefined) {
        if (name === 'x-request-id') yield 'no x-request-id';
        continue;
      }
      const fault = faultOf(schema, schema.type === 'integer' ? Number(value) : value);
      if (fault) yield `header ${name}: ${fault}`;
    }
  }

  function* problemFaults(answer: Answer, body: unknown, codes: readonly string[]) {
    const problem = body as { code?: string; status?: number; requestId?: string };
    if (problem.status !== answer.status) yield `a problem of status ${String(problem.status)}`;
    if (problem.requestId !== answer.headers['x-request-id']) yield 'a problem of another request';
    if (problem.code === undefined || !codes.includes(problem.code))
      yield `the code ${String(problem.code)} is not among ${codes.join(', ')}`;
  }

  return function* judge({ responses }: Operation, answer: Answer): Generator<string> {
    if (answer.status >= 500) yield `a failure: ${answer.body.slice(0, 200)}`;
    for (const trace of traces) if (trace.test(answer.body)) yield `shows its insides: ${trace.source}`;
    const documented = responses[String(answer.status)];
    if (!documented) {
      yield `the status ${String(answer.status)} is not documented: ${answer.body.slice(0, 200)}`;
      return;
    }
    yield* headerFaults(answer, documented);
    const type = typeOf(answer.headers['content-type']);
    const { content } = documented;
    if (!content) {
      if (answer.body !== '') yield `a body where none is documented: ${answer.body.slice(0, 200)}`;
      return;
    }
    const media = content[type];
    if (!media) {
      yield `the type ${type} is not documented: ${answer.body.slice(0, 200)}`;
      return;
    }
    if (!type.endsWith('json')) return;
    let body: unknown;
    try {
      body = JSON.parse(answer.body);
    } catch {
      yield 'no JSON';
      return;
    }
    const fault = media.schema && faultOf(media.schema, body);
    if (fault) yield `not as documented: ${fault}`;
    if (type === 'application/problem+json')
      yield* problemFaults(answer, body, Object.keys(media.examples ?? {}));
  };
}
