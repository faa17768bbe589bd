import { expect, test } from 'vitest';
import { safeReturn } from './paths.ts';

test.each([
  [null, '/'],
  ['/dossiers/1?q=a', '/dossiers/1?q=a'],
  ['https://elsewhere.example', '/'],
  ['//elsewhere.example', '/'],
  [String.raw`/\elsewhere.example`, '/'],
  ['/a\nb', '/'],
  ['/connexion', '/'],
  ['/connexion?retour=/', '/'],
])('%j leads to %s', (wanted, path) => {
  expect(safeReturn(wanted)).toBe(path);
});
