import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { invent } from './testing/test-authority.ts';
import { readTrustedRoots } from './trusted-roots.ts';

const folder = mkdtempSync(join(tmpdir(), 'rnoce-roots-'));
afterAll(() => rmSync(folder, { recursive: true }));

const pem = (der: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
const first = await invent({ name: 'Racine un', authority: true });
const second = await invent({ name: 'Racine deux', authority: true });
const person = await invent({ name: 'Samira El Idrissi' });

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test('nothing is trusted without a path', () => {
  expect(readTrustedRoots('')).toEqual([]);
});

test('every certificate of a file counts, whatever stands between them', () => {
  const path = file('both.pem', `# Racines\n${pem(first.der)}\nautre texte\n${pem(second.der)}`);
  expect(readTrustedRoots(path).map((der) => Buffer.from(der))).toEqual([first.der, second.der]);
});

test('every file of a folder counts, in the order of their names', () => {
  const path = join(folder, 'roots');
  mkdirSync(path);
  file('roots/b.crt', pem(first.der));
  file('roots/a.pem', pem(second.der));
  file('roots/lisez-moi.txt', 'rien');
  expect(readTrustedRoots(path).map((der) => Buffer.from(der))).toEqual([second.der, first.der]);
});

test.each([
  ['missing.pem', undefined, "can't be read"],
  ['empty.pem', '', 'holds no certificate in PEM'],
  ['broken.pem', pem(first.der.subarray(0, 200)), "a certificate that can't be read"],
  ['person.pem', pem(person.der), "isn't an authority's"],
])('%s is refused by its name', (name, text, reason) => {
  const path = text === undefined ? join(folder, name) : file(name, text);
  const read = () => readTrustedRoots(path);
  expect(read).toThrow(reason);
  expect(read).toThrow(`SIGNATURE_ROOTS: ${path}`);
});

test('an empty folder is refused: it was named for something', () => {
  const path = join(folder, 'none');
  mkdirSync(path);
  expect(() => readTrustedRoots(path)).toThrow('holds no file');
});
