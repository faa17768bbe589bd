import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** The values of a style sheet's custom properties, light ones first, by their names without the prefix. */
function coloursOf(file: string, darkFrom: string): Map<string, string[]> {
  const sheet = readFileSync(new URL(`../../packages/ui/src/${file}`, import.meta.url), 'utf8');
  const colours = new Map<string, string[]>();
  for (const part of sheet.split(darkFrom))
    for (const [, name = '', value = ''] of part.matchAll(/--(?:rnoce-)?([\w-]+): (.+);/g))
      colours.set(name, [...(colours.get(name) ?? []), value]);
  return colours;
}

test('the pages without the component kit have the colours of the others', () => {
  const palette = coloursOf('palette.css', '@media (prefers-color-scheme: dark)');
  const tokens = coloursOf('tokens.css', ':root[data-mantine-color-scheme="dark"]');
  expect(tokens.size).toBeGreaterThan(15);
  expect(Object.fromEntries(palette)).toMatchObject(Object.fromEntries(tokens));
});
