import { readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { expect, test } from 'vitest';
import { environmentKeys, parseEnvironment } from '../../apps/api/src/env.ts';
import { allRoutes } from '../../packages/schemas/src/routes.ts';
import { importsOf } from './imports.ts';
import { ROOT, readMatching } from './source-files.ts';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const compose = read('docker-compose.yml');

/** The settings shared by the API, the worker and the migrations, as written. */
function composeSettings(): Record<string, string> {
  const [, block = ''] = /^x-environment: &environment\n((?: {2}.*\n)+)/m.exec(compose) ?? [];
  return Object.fromEntries(
    [...block.matchAll(/^ {2}([A-Z][A-Z0-9_]*): (.*)$/gm)].map(([, key = '', value = '']) => [key, value]),
  );
}

function imageSettings(): Record<string, string> {
  const [, line = ''] = /^ENV (NODE_ENV=.*)$/m.exec(read('Dockerfile')) ?? [];
  return Object.fromEntries(line.split(' ').map((pair) => pair.split('=') as [string, string]));
}

/** The variables of `docker/example.env`: those to fill in, and those shown behind a mark with their defaults. */
function exampleVariables(): { given: Record<string, string>; defaults: Record<string, string> } {
  const lines = [...read('docker/example.env').matchAll(/^(#?)([A-Z][A-Z0-9_]*)=(.*)$/gm)];
  const those = (mark: string) =>
    Object.fromEntries(
      lines.filter(([, found]) => found === mark).map(([, , key = '', value = '']) => [key, value]),
    );
  return { given: those(''), defaults: those('#') };
}

/** The settings that an installation's processes read, its empty secrets filled in as `docker/example.env` asks for. */
function installedSettings(others: Record<string, string> = {}): Record<string, string> {
  const secret = (index: number) => `${index.toString(16)}9d4e0b7a`.padEnd(64, '1c2f');
  const given = Object.entries(exampleVariables().given).map(([key, value], index) => [
    key,
    value || secret(index),
  ]);
  const values = { ...Object.fromEntries(given), ...others };
  const filled = Object.entries(composeSettings()).map(([key, value]) => [key, substitute(value, values)]);
  return { ...imageSettings(), ...Object.fromEntries(filled) };
}

function substitute(text: string, values: Record<string, string>): string {
  return text.replaceAll(/\$\{([A-Z0-9_]+)(?::[?-]([^}]*))?\}/g, (_, name: string) => values[name] ?? '');
}

test('every setting in docker-compose.yml and the image is one which the API knows', () => {
  const unknown = Object.keys({ ...composeSettings(), ...imageSettings() }).filter(
    (key) => !environmentKeys.includes(key),
  );
  expect(unknown).toEqual([]);
});

/** Settings that no installation chooses, with the reason. */
const notChosen: Readonly<Record<string, string>> = {
  CAPTCHA: 'production refuses the other value',
  RATE_LIMITS: 'production refuses the other value',
  WEBHOOK_LOCAL_ADDRESSES: 'production refuses the other value',
  DATA_DIR: 'of a local set-up alone',
};

test('every setting of the API reaches it: by docker-compose.yml, by the image, or it is none to choose', () => {
  const reached = { ...composeSettings(), ...imageSettings(), ...notChosen };
  expect(environmentKeys.filter((key) => !(key in reached))).toEqual([]);
  expect(Object.keys(notChosen).filter((key) => key in composeSettings() || key in imageSettings())).toEqual(
    [],
  );
});

test('the API accepts these settings in production', () => {
  expect(parseEnvironment(installedSettings())).toMatchObject({
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://rnoce.example.ma',
    SPA_DIR: '/app/dist',
  });
});

test('what docker/example.env shows behind a mark is the default, and has its effect without the mark', () => {
  const { defaults } = exampleVariables();
  expect(parseEnvironment(installedSettings(defaults))).toEqual(parseEnvironment(installedSettings()));
  expect(
    parseEnvironment(installedSettings({ PASSWORD_MIN_LENGTH: '12', CANCELLATION_AGENTS: '2' })),
  ).toMatchObject({ PASSWORD_MIN_LENGTH: 12, CANCELLATION_AGENTS: 2 });
});

test('docker/example.env holds exactly the variables which docker-compose.yml asks for', () => {
  const asked = new Set([...compose.matchAll(/\$\{([A-Z0-9_]+)/g)].map((match) => match[1] ?? ''));
  const { given, defaults } = exampleVariables();
  expect(new Set(Object.keys({ ...given, ...defaults }))).toEqual(asked);
});

test('two API replicas, a worker and migrations run the same image, without privileges', () => {
  for (const service of ['api-1', 'api-2', 'worker', 'migrate', 'postgres', 'storage', 'clamav', 'proxy']) {
    expect(compose).toMatch(new RegExp(`^ {2}${service}:`, 'm'));
  }
  for (const setting of ['read_only: true', 'cap_drop: [ALL]', 'no-new-privileges:true'])
    expect(compose).toContain(setting);
  expect(read('Dockerfile')).toMatch(/^USER node$/m);
});

test('PostgreSQL, who opens strangers’ files, and the outside are kept apart', () => {
  const service = (name: string) =>
    new RegExp(`^ {2}${name}:\\n((?: {4}.*\\n|\\n)+)`, 'm').exec(compose)?.[1] ?? '';
  expect(service('clamav')).toContain('networks: [signatures, scan]');
  expect(service('clamav')).toContain('user: clamav');
  expect(service('postgres')).toContain('networks: [back]');
  // The one address whose word is believed is the proxy's own, and nobody else is given it.
  const { TRUSTED_PROXIES = '' } = composeSettings();
  expect(service('proxy')).toContain(`front: { ipv4_address: ${TRUSTED_PROXIES} }`);
  expect(compose).toMatch(/ip_range: 10\.77\.1\.128\/25/);
  expect(composeSettings().DATABASE_URL).toContain('rnoce_application');
  expect(service('migrate')).toContain('rnoce_owner');
});

const caddyfile = read('docker/Caddyfile');
const MiB = 1024 * 1024;

/** The largest body that the proxy lets through to a path of the API, in bytes. */
function proxyLimit(path: string): number {
  const matchers = [...caddyfile.matchAll(/^\t@(\w+) (not )?path (.*)$/gm)].map(
    ([, name = '', not, paths = '']) => ({
      name,
      takes: paths.split(' ').includes(path) !== (not !== undefined),
    }),
  );
  const limits = [...caddyfile.matchAll(/^\trequest_body @(\w+) \{\n\t\tmax_size (\d+)MiB\n/gm)];
  const [limit, ...more] = limits.filter(([, name]) =>
    matchers.some((one) => one.name === name && one.takes),
  );
  expect(more).toEqual([]);
  return Number(limit?.[2]) * MiB;
}

test('the proxy lets through what the contract takes, and little more', () => {
  const takenBy = ({ rawBody, upload }: (typeof allRoutes)[number]) =>
    rawBody?.maxBytes ?? upload?.maxBytes ?? 0;
  const wrong = [...new Set(allRoutes.map(({ path }) => path))].filter((path) => {
    const limit = proxyLimit(`/api/v1${path}`);
    const taken = Math.max(...allRoutes.filter((route) => route.path === path).map(takenBy));
    // A form around the file; and the API refuses in its own words what is a little too large.
    return !(limit > taken + 64 * 1024 && limit <= Math.max(taken + MiB, 4 * MiB));
  });
  expect(wrong).toEqual([]);
});

test('the proxy refuses the API in clear, and no request of a stranger takes an API process away from the others', () => {
  expect(caddyfile).toMatch(
    /^http:\/\/ \{\n\t@api path \/api \/api\/\*\n\thandle @api \{\n\t\trespond .* 403/m,
  );
  expect(caddyfile).toContain('auto_https disable_redirects');
  expect(caddyfile).toMatch(/^\theader Strict-Transport-Security/m);
  expect(caddyfile).not.toMatch(/^\s*(fail_duration|max_fails|unhealthy_)/m);
});

test('the image carries neither tests, nor what makes them, nor the demonstration, and misses none of its own', () => {
  const left = read('.dockerignore').split('\n').filter(Boolean);
  const isLeft = (path: string) =>
    left.some((pattern) => matchesGlob(path, pattern) || matchesGlob(path, `${pattern}/**`));
  const sources = readMatching(/^(apps\/api|packages\/(schemas|i18n))\/src\/.*\.ts$/);
  const carried = sources.filter(({ path }) => !isLeft(path));
  expect(carried.filter(({ path }) => /\.test\.ts$|\/testing\/|\/demo\//.test(path))).toEqual([]);
  const missed = carried.flatMap((file) =>
    importsOf(file)
      .filter(({ target }) => isLeft(target))
      .map(({ specifier }) => `${file.path}: ${specifier}`),
  );
  // Asked for by `--demo` alone.
  expect(missed).toEqual(['apps/api/src/migrate.ts: ./demo/load-demo.ts']);
});
