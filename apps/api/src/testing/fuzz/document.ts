export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };
export type JsonSchema = Readonly<Record<string, unknown>>;

interface Reference {
  readonly $ref: string;
}
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: JsonSchema;
  readonly example?: Json;
}
interface Header {
  readonly schema: JsonSchema;
}
interface MediaType {
  readonly schema?: JsonSchema;
  readonly example?: Json;
  readonly examples?: Readonly<Record<string, unknown>>;
}
export interface DocumentedResponse {
  readonly headers?: Readonly<Record<string, Header>>;
  readonly content?: Readonly<Record<string, MediaType>>;
}
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
/** One operation of the document, its references to parameters and headers followed. */
export interface Operation {
  readonly name: string;
  readonly method: HttpMethod;
  /** Below `/api/v1`, with `{parameter}` placeholders. */
  readonly path: string;
  /** Names of security schemes, each alone enough; none: anyone may call. */
  readonly security: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly body: Readonly<Record<string, MediaType>> | undefined;
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}
export interface ApiDocument {
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly operations: readonly Operation[];
}

interface RawOperation {
  readonly operationId: string;
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly parameters: readonly (Parameter | Reference)[];
  readonly requestBody?: { readonly content: Readonly<Record<string, MediaType>> };
  readonly responses: Readonly<
    Record<
      string,
      Omit<DocumentedResponse, 'headers'> & { headers?: Readonly<Record<string, Header | Reference>> }
    >
  >;
}
interface RawDocument {
  readonly components: ApiDocument['components'];
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
}

/** Reads the document as the API serves it: what integrators go by, whatever it was made of. */
export function readDocument(text: string): ApiDocument {
  const { components, paths } = JSON.parse(text) as RawDocument;
  const followed = <T extends object>(part: T | Reference): T => {
    if (!('$ref' in part)) return part;
    const [, , kind = '', name = ''] = part.$ref.split('/');
    const found = components[kind]?.[name];
    if (found === undefined) throw new Error(`the document has no ${part.$ref}`);
    return found as T;
  };
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, raw]): Operation => ({
        name: raw.operationId,
        method: method.toUpperCase() as HttpMethod,
        path,
        security: raw.security.flatMap((one) => Object.keys(one)),
        parameters: raw.parameters.map((one) => followed(one)),
        body: raw.requestBody?.content,
        responses: Object.fromEntries(
          Object.entries(raw.responses).map(([status, response]) => [
            status,
            {
              ...response,
              headers: Object.fromEntries(
                Object.entries(response.headers ?? {}).map(([name, header]) => [
                  name.toLowerCase(),
                  followed(header),
                ]),
              ),
            },
          ]),
        ),
      }),
    ),
  );
  return { components, operations };
}
