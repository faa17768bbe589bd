import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environmentKeys, parseEnvironment } from '../../apps/api/src/env.ts';
import { ROOT } from './source-files.ts';

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

/** `docker/example.env`, its empty secrets filled in as it asks for. */
function exampleValues(): Record<string, string> {
  const lines = [...read('docker/example.env').matchAll(/^([A-Z][A-Z0-9_]*)=(.*)$/gm)];
  const secret = (index: number) => `${index.toString(16)}9d4e0b7a`.padEnd(64, '1c2f');
  return Object.fromEntries(lines.map(([, key = '', value = ''], index) => [key, value || secret(index)]));
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

test('the API accepts these settings in production', () => {
  const values = exampleValues();
  const filled = Object.entries(composeSettings()).map(([key, value]) => [key, substitute(value, values)]);
  const environment = parseEnvironment({ ...imageSettings(), ...Object.fromEntries(filled) });
  expect(environment).toMatchObject({
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://rnoce.example.ma',
    SPA_DIR: '/app/dist',
  });
});

test('docker/example.env holds exactly the variables which docker-compose.yml asks for', () => {
  const asked = new Set([...compose.matchAll(/\$\{([A-Z0-9_]+)/g)].map((match) => match[1] ?? ''));
  expect(new Set(Object.keys(exampleValues()))).toEqual(asked);
});

test('two API replicas, a worker and migrations run the same image, without privileges', () => {
  for (const service of ['api-1', 'api-2', 'worker', 'migrate', 'postgres', 'storage', 'clamav', 'proxy']) {
    expect(compose).toMatch(new RegExp(`^ {2}${service}:`, 'm'));
  }
  for (const setting of ['read_only: true', 'cap_drop: [ALL]', 'no-new-privileges:true'])
    expect(compose).toContain(setting);
  expect(read('Dockerfile')).toMatch(/^USER node$/m);
});
