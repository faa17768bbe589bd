import { globSync, readFileSync } from 'node:fs';
import { allRoutes } from '@rnoce/schemas/routes';
import { expect, it } from 'vitest';

it('every route has a row in an access test', () => {
  const tables = globSync('../features/**/*.test.ts', { cwd: import.meta.dirname })
    .map((file) => readFileSync(new URL(file, import.meta.url), 'utf8'))
    .filter((text) => text.includes('testAccess('))
    .join('\n');
  const covered = new Set([...tables.matchAll(/\broute: (\w+)/g)].map(([, name]) => name));
  expect(allRoutes.map(({ name }) => name).filter((name) => !covered.has(name))).toEqual([]);
});
