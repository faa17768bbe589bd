import { expect, test } from 'vitest';
import { safeReturn, signInFor } from './entrance.ts';

test.each(['/', '/demandes?x=1', '/dossiers/1?q=a', '/demandes/a/documents?element=documents.ice'])(
  'after signing in one comes back to %s',
  (wanted) => {
    expect(safeReturn(wanted)).toBe(wanted);
  },
);

test.each([
  null,
  '',
  'demandes',
  '//evil.example',
  '/\\evil.example',
  'https://evil.example/',
  'javascript:alert(1)',
  '/a\\b',
  '/a\nb',
  '/a\u0000b',
  '/\t/evil.example',
  '/connexion',
  '/connexion?retour=%2Fconnexion',
])('%j is no page of the application', (wanted) => {
  expect(safeReturn(wanted)).toBe('/');
});

test('the sign-in knows which page was asked for', () => {
  expect(signInFor('https://rnoce.example/demandes?x=1')).toBe('/connexion?retour=%2Fdemandes%3Fx%3D1');
  expect(signInFor('https://rnoce.example/')).toBe('/connexion');
});
