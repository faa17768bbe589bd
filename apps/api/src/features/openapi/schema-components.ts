import { namedSchemas } from '@rnoce/schemas/routes';
import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;
type Direction = 'input' | 'output';

/** Written where they stand: a reference to a date would say less than the date. */
const alwaysInline = /^(Instant|CalendarDate|\w+Id)$/;
const componentPath = '#/components/schemas/';

/** A schema of the document, read (`input`) or written (`output`) by the API. */
export interface UsedSchema {
  readonly schema: z.ZodType;
  readonly direction: Direction;
}

/** Schemas of bodies and answers as JSON Schema 2020-12, which refer to the exported ones by name. */
export interface SchemaBook {
  /** The JSON Schema of a schema, to stand in the document: a reference when it has a name. */
  readonly of: (schema: z.ZodType, direction: Direction) => JsonSchema;
  /** The same written out, for the parameters of a path or a query. */
  readonly writtenOut: (schema: z.ZodType, direction: Direction) => JsonSchema;
  /** The named schemas that the document refers to. */
  readonly components: Record<string, JsonSchema>;
}

/** What a schema looks like from one side; `inlined` are those without a name. */
function convert(direction: Direction, named: ReadonlyMap<z.ZodType, string>, inlined: readonly z.ZodType[]) {
  const registry = z.registry<{ id: string }>();
  for (const [schema, id] of named) registry.add(schema, { id });
  for (const [index, schema] of inlined.entries()) registry.add(schema, { id: `inline-${String(index)}` });
  const { schemas } = z.toJSONSchema(registry, {
    target: 'draft-2020-12',
    io: direction,
    unrepresentable: 'any',
    uri: (id) => `${componentPath}${id}`,
    override: ({ zodSchema, jsonSchema }) => {
      delete jsonSchema.$id;
      delete jsonSchema.id;
      // An answer grows by adding (spec/api.md): only strict bodies refuse what they don't know.
      if (zodSchema instanceof z.ZodObject && !zodSchema.def.catchall) delete jsonSchema.additionalProperties;
    },
  });
  return new Map(
    Object.entries(schemas).map(([id, { $schema: _schema, $id: _id, ...schema }]): [string, JsonSchema] => [
      id,
      schema,
    ]),
  );
}

const reference = /"\$ref":"#\/components\/schemas\/([\w-]+)"/g;
const references = (schema: JsonSchema): string[] =>
  [...JSON.stringify(schema).matchAll(reference)].map(([, id = '']) => id);

/** The named schemas whose two sides differ: by themselves, or by what they refer to. */
function differingIds(
  ids: readonly string[],
  sides: Record<Direction, Map<string, JsonSchema>>,
): Set<string> {
  const differing = new Set(
    ids.filter((id) => JSON.stringify(sides.input.get(id)) !== JSON.stringify(sides.output.get(id))),
  );
  for (let before = -1; before !== differing.size; ) {
    before = differing.size;
    for (const id of ids) {
      if (references(sides.input.get(id) ?? {}).some((other) => differing.has(other))) differing.add(id);
    }
  }
  return differing;
}

/**
 * Makes the book of these schemas; those of parameters are `written out`. A named schema that looks the same from both sides is one
 * component; one whose defaults make the difference, and which is used from both, is two: `Name` and `NameInput`.
 */
export function createSchemaBook(used: readonly UsedSchema[], parameters: readonly z.ZodType[]): SchemaBook {
  const named = new Map<z.ZodType, string>();
  for (const [name, schema] of Object.entries(namedSchemas)) {
    if (!alwaysInline.test(name) && !named.has(schema)) named.set(schema, name);
  }
  const inlined = [...new Set([...used.map(({ schema }) => schema), ...parameters])].filter(
    (schema) => !named.has(schema),
  );
  const sides = { input: convert('input', named, inlined), output: convert('output', named, inlined) };
  const writtenOut = (schema: z.ZodType, direction: Direction): JsonSchema =>
    sides[direction].get(named.get(schema) ?? `inline-${String(inlined.indexOf(schema))}`) ?? {};

  const reached: Record<Direction, Set<string>> = { input: new Set(), output: new Set() };
  const reach = (id: string, direction: Direction): void => {
    if (reached[direction].has(id)) return;
    reached[direction].add(id);
    for (const other of references(sides[direction].get(id) ?? {})) reach(other, direction);
  };
  for (const { schema, direction } of used) {
    const id = named.get(schema);
    if (id !== undefined) reach(id, direction);
    else for (const other of references(writtenOut(schema, direction))) reach(other, direction);
  }
  for (const schema of parameters)
    for (const other of references(writtenOut(schema, 'input'))) reach(other, 'input');
  const differing = differingIds([...named.values()], sides);
  const nameOf = (id: string, direction: Direction): string =>
    direction === 'input' && differing.has(id) && reached.output.has(id) ? `${id}Input` : id;
  const renamed = (schema: JsonSchema, direction: Direction): JsonSchema =>
    JSON.parse(
      JSON.stringify(schema).replaceAll(
        reference,
        (_, id: string) => `"$ref":"${componentPath}${nameOf(id, direction)}"`,
      ),
    ) as JsonSchema;

  const components = new Map<string, JsonSchema>();
  for (const direction of ['output', 'input'] as const) {
    for (const id of reached[direction])
      components.set(nameOf(id, direction), renamed(sides[direction].get(id) ?? {}, direction));
  }
  return {
    of: (schema, direction) => {
      const id = named.get(schema);
      return id === undefined
        ? renamed(writtenOut(schema, direction), direction)
        : { $ref: `${componentPath}${nameOf(id, direction)}` };
    },
    writtenOut: (schema, direction) => renamed(writtenOut(schema, direction), direction),
    components: Object.fromEntries([...components].toSorted(([a], [b]) => a.localeCompare(b, 'en'))),
  };
}
