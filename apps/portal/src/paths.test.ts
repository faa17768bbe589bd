import { expect, test } from 'vitest';
import { paths, safeReturn } from './paths.ts';

test('after signing in one comes back to a page of this portal', () => {
  expect(safeReturn('/demandes?x=1')).toBe('/demandes?x=1');
  expect(safeReturn(paths.step('a', 'documents', 'documents.ice'))).toBe(
    '/demandes/a/documents?element=documents.ice',
  );
});

test.each([
  null,
  '',
  'demandes',
  '//evil.example',
  '/\\evil.example',
  'https://evil.example/',
  'javascript:alert(1)',
  '/a\\b',
  '/a\u0000b',
  '/\t/evil.example',
  '/connexion',
  '/connexion?retour=%2Fconnexion',
])('%j is no such page', (wanted) => {
  expect(safeReturn(wanted)).toBe('/');
});
