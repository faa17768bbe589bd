/** What integrators were promised: every name of the interface that their programs may lean on. Names are only ever added (docs/integrators/changes.md). */

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}
interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}
interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
}
interface Operation {
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly webhooks: Readonly<Record<string, { readonly post: Operation }>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface Promises {
  /** What is there: it stays. */
  readonly offers: readonly string[];
  /** What must be sent: nothing is added. */
  readonly demands: readonly string[];
}

/** What the OpenAPI document offers to integrators' keys, and what it demands of them. */
export function promisesOf(text: string): Promises {
  const document = JSON.parse(text) as Document;
  const offers = new Set<string>();
  const demands = new Set<string>();

  const resolve = <T extends { readonly $ref?: string }>(part: T): T => {
    const [, , kind = '', name = ''] = part.$ref?.split('/') ?? [];
    return part.$ref === undefined ? part : (document.components[kind]?.[name] as T);
  };

  function walk(given: Schema, place: string, sent: boolean, seen: readonly Schema[] = []): void {
    const schema = resolve(given);
    if (seen.includes(schema)) return;
    const inner = [...seen, schema];
    if (typeof schema.type === 'string' && schema.type !== 'null') offers.add(`${place} ${schema.type}`);
    // Of what is answered a value may be new; what may be sent stays.
    if (sent) for (const value of schema.enum ?? []) offers.add(`${place} = ${String(value)}`);
    for (const branch of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) walk(branch, place, sent, inner);
    if (schema.items) walk(schema.items, `${place}[]`, sent, inner);
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      if (sent && schema.required?.includes(name)) demands.add(`${place}.${name}`);
      walk(property, `${place}.${name}`, sent, inner);
    }
  }
  const walkContent = ({ content = {} }: Content, place: string, sent: boolean): void => {
    for (const [type, { schema }] of Object.entries(content)) {
      offers.add(`${place} ${type}`);
      if (schema) walk(schema, place, sent);
    }
  };

  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods)) {
      const roles = operation.security.find((scheme) => 'integratorKey' in scheme)?.integratorKey;
      if (!roles) continue;
      const place = `${method.toUpperCase()} ${path}`;
      offers.add(place);
      for (const scope of roles) demands.add(`${place} scope ${scope}`);
      for (const parameter of (operation.parameters ?? []).map(resolve)) {
        offers.add(`${place} ${parameter.in} ${parameter.name}`);
        if (parameter.required) demands.add(`${place} ${parameter.in} ${parameter.name}`);
      }
      if (operation.requestBody) walkContent(operation.requestBody, `${place} body`, true);
      for (const [status, response] of Object.entries(operation.responses))
        if (status.startsWith('2')) walkContent(response, `${place} ${status}`, false);
    }
  for (const [type, { post }] of Object.entries(document.webhooks))
    walkContent(post.requestBody ?? {}, `event ${type}`, false);
  for (const code of Object.keys(document.components.examples ?? {})) offers.add(`problem ${code}`);
  return { offers: [...offers].toSorted(), demands: [...demands].toSorted() };
}

/** What is promised from now on: nothing that was is dropped. */
export const addedPromises = (before: Promises, { offers, demands }: Promises): Promises => ({
  offers: [...new Set([...before.offers, ...offers])].toSorted(),
  // Demands of an operation that wasn't offered yet come with it.
  demands: [
    ...new Set([
      ...before.demands,
      ...demands.filter((demand) => !before.offers.includes(operationOf(demand))),
    ]),
  ].toSorted(),
});

/** `PUT /invoices/{number}` of a line about it. */
const operationOf = (line: string): string => line.split(' ').slice(0, 2).join(' ');

/** What was promised and is gone, and what is demanded though it wasn't. */
export function brokenPromises(before: Promises, { offers, demands }: Promises): string[] {
  const offered = new Set(offers);
  const known = new Set(before.demands);
  const served = new Set(before.offers);
  return [
    ...before.offers.filter((offer) => !offered.has(offer)).map((offer) => `gone: ${offer}`),
    ...demands
      .filter((demand) => !known.has(demand) && served.has(operationOf(demand)))
      .map((demand) => `demanded: ${demand}`),
  ];
}
