import { expect, test } from 'vitest';
import { textInComponent } from './component-text.ts';
import { readMatching } from './source-files.ts';

test('components hold no text: it comes from the catalogues', () => {
  const components = readMatching(/^(apps|packages)\/.*\.tsx$/).filter(
    ({ path }) => !path.includes('.test.'),
  );
  expect(components.length).toBeGreaterThan(0);
  expect(components.flatMap(textInComponent)).toEqual([]);
});

test.each([
  '<p>Bonjour</p>',
  '<p>\n  Votre demande\n</p>',
  '<Button\n  onClick={save}\n>\n  Enregistrer\n</Button>',
  '<p>Bonjour {name}</p>',
  '<h1>مرحبا</h1>',
  '<img alt="Logo de la douane" />',
])('%s is text', (text) => {
  expect(textInComponent({ path: 'a.tsx', text })).toHaveLength(1);
});

test.each([
  "<p>{t('hello')}</p>",
  'const x = a > b && c < d;',
  'function List(): Promise<void> {',
  '<Trans components={{ b: <b /> }} />',
  '<abbr>ICE</abbr>',
  'const map = new Map<string, number>();',
])('%s is not', (text) => {
  expect(textInComponent({ path: 'a.tsx', text })).toEqual([]);
});
