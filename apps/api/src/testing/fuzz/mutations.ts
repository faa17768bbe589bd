import { randomUUID } from 'node:crypto';
import type { Chance } from '../chance.ts';
import type { Json, JsonObject, Operation } from './document.ts';
import type { Draft } from './requests.ts';

type Mutation = (draft: Draft, chance: Chance, operation: Operation) => void;

/** Values that stand for every kind of nonsense, whatever a field wants. */
const strangers: readonly (() => Json)[] = [
  () => null,
  () => '',
  () => ' ',
  () => true,
  () => 0,
  () => -1,
  () => 1e308,
  () => 2 ** 53,
  () => 0.1,
  () => [],
  () => ({}),
  () => [[[]]],
  () => '\0',
  () => `avant\0après`,
  () => '\ud800',
  () => '\u202Eerihcraf\u202C',
  () => 'e\u0301'.repeat(50),
  () => '👩‍👩‍👧‍👦'.repeat(20),
  () => 'ﷺ'.repeat(300),
  () => "'; drop table accounts; --",
  () => '<script>alert(1)</script>',
  () => '${jndi:ldap://localhost/a}',
  () => '../../../../etc/passwd',
  () => '%00',
  () => 'NaN',
  () => '1e1000',
  () => '2026-02-30',
  () => '0000-00-00',
  () => '+275760-09-13T00:00:00.000Z',
  () => '9999-12-31',
  () => '99999999999999999999999.99',
  () => '-0.00',
  () => 'x'.repeat(20_000),
  () => Array.from({ length: 3000 }, () => 'x'),
  () => Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`k${String(index)}`, index])),
  () => ({ __proto: 1, constructor: { prototype: { admin: true } } }),
  () => randomUUID(),
];

type Place = { holder: JsonObject | Json[]; key: string | number };
/** Every place of a value, so that the deep ones are met as well as the first. */
function placesOf(value: Json): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const places: Place[] = Array.isArray(value)
    ? value.map((_, key) => ({ holder: value, key }))
    : Object.keys(value).map((key) => ({ holder: value, key }));
  return [...places, ...Object.values(value).flatMap((held) => placesOf(held))];
}
const write = ({ holder, key }: Place, value: Json): void => {
  if (Array.isArray(holder)) holder[Number(key)] = value;
  else holder[String(key)] = value;
};

/** The text of the body, from here on sent as it stands. */
const asText = (draft: Draft): string => {
  const text = draft.json === undefined ? String(draft.payload ?? '') : JSON.stringify(draft.json);
  draft.json = undefined;
  return text;
};
const deep = (levels: number, open: string, close: string) =>
  `${open.repeat(levels)}1${close.repeat(levels)}`;

const bodies: Readonly<Record<string, Mutation>> = {
  'a stranger in a field': (draft, chance) => {
    const places = placesOf(draft.json ?? null);
    if (places.length > 0) write(chance.pick(places), chance.pick(strangers)());
    else draft.json = chance.pick(strangers)();
  },
  'several strangers': (draft, chance) => {
    for (let left = 3; left > 0; left -= 1) {
      const places = placesOf(draft.json ?? null);
      if (places.length > 0) write(chance.pick(places), chance.pick(strangers)());
    }
  },
  'a field is missing': (draft, chance) => {
    const places = placesOf(draft.json ?? null).filter(({ holder }) => !Array.isArray(holder));
    if (places.length === 0) return;
    const { holder, key } = chance.pick(places);
    if (!Array.isArray(holder)) Reflect.deleteProperty(holder, key);
  },
  'a field too many': (draft, chance) => {
    if (typeof draft.json !== 'object' || draft.json === null || Array.isArray(draft.json)) return;
    draft.json[chance.pick(['role', 'id', 'status', 'authority', 'accountId', 'version', 'toString', ''])] =
      chance.pick(strangers)();
  },
  'items repeated': (draft, chance) => {
    const lists = placesOf(draft.json ?? null).flatMap(({ holder }) =>
      Array.isArray(holder) ? [holder] : [],
    );
    if (lists.length === 0) return;
    const list = chance.pick(lists);
    const [first] = list;
    if (first !== undefined) list.push(...Array.from({ length: 200 }, () => structuredClone(first)));
  },
  'another body': (draft, chance) => {
    draft.json = chance.pick(strangers)();
  },
  'a key twice': (draft) => {
    draft.payload = asText(draft).replace('{', '{"id":1,"id":2,');
  },
  'a key of prototypes': (draft) => {
    draft.payload = asText(draft).replace('{', '{"__proto__":{"role":"administrator"},');
  },
  'nested without end': (draft, chance) => {
    const levels = chance.pick([33, 500, 50_000]);
    draft.json = undefined;
    draft.payload = chance.pick([deep(levels, '[', ']'), deep(levels, '{"a":', '}')]);
  },
  'broken JSON': (draft, chance) => {
    const text = asText(draft);
    draft.payload = chance.pick([
      text.slice(0, -1),
      `${text}}`,
      `${text},`,
      text.replaceAll('"', "'"),
      `\uFEFF${text}`,
      '{"a":}',
      '{"a":1,}',
      'undefined',
      '\0',
      '"',
      '{"\\ud800":"\\udfff"}',
      '{"a":1e999999}',
    ]);
  },
  'bytes of no text': (draft) => {
    draft.payload = Buffer.concat([
      Buffer.from('{"a":"'),
      Buffer.from([0xff, 0xfe, 0xc0, 0x80]),
      Buffer.from('"}'),
    ]);
    draft.json = undefined;
  },
  'no body': (draft) => {
    draft.json = undefined;
    draft.payload = undefined;
  },
  'a body too large': (draft) => {
    draft.json = undefined;
    draft.payload = JSON.stringify({ text: 'x'.repeat(600 * 1024) });
  },
};

const contentTypes = [
  'text/plain',
  'application/xml',
  'application/json; charset=utf-16',
  'application/json;;;',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/octet-stream',
  'application/pdf',
  '*/*',
  'x',
  ';',
];
/** Headers with what may stand in them; as they stand, wherever the operation reads them or not. */
const headerValues: Readonly<Record<string, readonly string[]>> = {
  'if-match': [
    '*',
    '""',
    '"abc"',
    '"1", "2"',
    'W/"1"',
    '1',
    '"99999999999"',
    '"-1"',
    `"${'9'.repeat(500)}"`,
    '\u00e9',
  ],
  'idempotency-key': [
    'short',
    'x'.repeat(201),
    'with a space in it',
    '\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9',
    '        ',
    'twice-the-same',
  ],
  range: [
    'bytes=0-10',
    'bytes=5-1',
    'bytes=-1',
    'bytes=999999999999-',
    'bytes=0-1,3-4,6-',
    'items=0-1',
    'bytes=',
  ],
  'if-none-match': ['*', '"1"', 'W/"x"'],
  'if-modified-since': ['Sat, 01 Jan 2000 00:00:00 GMT', 'yesterday'],
  'accept-language': [
    '',
    '*',
    'ar;q=abc',
    'tlh',
    'fr;q=0, *;q=1',
    'a'.repeat(7000),
    ',,,;;;=',
    'ar-MA-u-nu-arab',
  ],
  accept: ['image/png', '*/*;q=0', 'application/xml', 'x'],
  'accept-encoding': ['gzip', 'identity;q=0, *;q=0'],
  'content-encoding': ['gzip', 'br', 'x'],
  'x-forwarded-for': ['127.0.0.1', "';--", '999.999.999.999', '::ffff:10.0.0.1'.repeat(50)],
  'x-http-method-override': ['DELETE'],
  'x-caller': ['operator', 'agent', 'integrator', 'administrator', '__proto__'],
  origin: ['null', 'https://evil.example', 'file://', ''],
  'sec-fetch-site': ['cross-site', 'same-site', 'none', 'x'],
  authorization: [
    'Bearer',
    'Bearer x',
    'Basic Og==',
    `Bearer rnoce_${'a'.repeat(12)}_${'b'.repeat(40)}`,
    'Digest',
    'bearer  ',
  ],
  cookie: [
    'rnoce_operator=x',
    'rnoce_agent=eyJhbGciOiJub25lIn0.e30.',
    '=;;=',
    `a=${'b'.repeat(4000)}`,
    'rnoce_operator_refresh=%00',
  ],
  'content-type': contentTypes,
};

const heads: Readonly<Record<string, Mutation>> = {
  'a header': (draft, chance) => {
    const name = chance.pick(Object.keys(headerValues));
    draft.notes.push(name);
    draft.headers[name] = chance.pick(headerValues[name] ?? ['']);
  },
  'a header is missing': (draft, chance) => {
    const names = Object.keys(draft.headers);
    if (names.length > 0) Reflect.deleteProperty(draft.headers, chance.pick(names));
  },
  'another type': (draft, chance) => {
    draft.headers['content-type'] = chance.pick(contentTypes);
  },
  'a body of another type': (draft, chance) => {
    draft.headers['content-type'] = chance.pick(contentTypes);
    draft.json = undefined;
    draft.payload = chance.pick(['a=1&b=2', '<a/>', '--x\r\n\r\n', '{"a":1}', '%', '']);
  },
};

const pathValues = [
  '%00',
  '%zz',
  '%',
  '%2e%2e%2fadmin',
  '%F0%9F%92%A9',
  '%C0%80',
  'undefined',
  'null',
  '-1',
  '0',
  '*',
  "1' or '1'='1",
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  'x'.repeat(101),
  'x'.repeat(3000),
  'é',
  '\u202E',
  'constructor',
  '__proto__',
];
const paths: Readonly<Record<string, Mutation>> = {
  'another thing': (draft, chance) => {
    const names = Object.keys(draft.params);
    if (names.length > 0) draft.params[chance.pick(names)] = randomUUID();
  },
  'a name of nothing': (draft, chance) => {
    const names = Object.keys(draft.params);
    if (names.length > 0) draft.params[chance.pick(names)] = chance.pick(pathValues);
  },
  'an id in capitals': (draft) => {
    for (const [name, value] of Object.entries(draft.params)) draft.params[name] = value.toUpperCase();
  },
  'a stranger in the query': (draft, chance, { parameters }) => {
    const names = parameters.filter((one) => one.in === 'query').map(({ name }) => name);
    const name = chance.pick([...names, ...names, 'page', 'extra', '__proto__', 'a[]', 'constructor']);
    const value = chance.pick(strangers)();
    draft.query.push([
      name,
      (typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value)).slice(0, 5000),
    ]);
  },
  'a value of the query twice': (draft, chance) => {
    if (draft.query.length > 0) draft.query.push(chance.pick(draft.query));
  },
  'a query without something': (draft) => {
    draft.query.splice(0, 1);
  },
};

/** Spoils a request in one or two ways, which its notes name. */
export function mutate(draft: Draft, operation: Operation, chance: Chance): Draft {
  const hasQuery = operation.parameters.some((one) => one.in === 'query');
  // What an operation lacks is spoilt too, but seldom: a body where none is read, a query where none is known.
  const among: [string, Mutation][] = Object.entries({
    ...heads,
    ...(operation.body || chance.below(4) === 0 ? bodies : {}),
    ...(operation.path.includes('{') || hasQuery || chance.below(4) === 0 ? paths : {}),
  });
  for (let left = 1 + chance.below(2); left > 0; left -= 1) {
    const [name, mutation] = chance.pick(among);
    draft.notes.push(name);
    mutation(draft, chance, operation);
  }
  return draft;
}
