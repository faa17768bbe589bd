import { expect, test } from 'vitest';
import { allPaths, matches, readMatching } from './source-files.ts';

const MAX_LINES = 500;
const CODE = /\.(ts|tsx|mts|js|mjs|css)$/;
const code = readMatching(CODE);
/** These checks name what they forbid. */
const withoutHouse = code.filter(({ path }) => !path.startsWith('tools/house/'));
const isTest = (path: string) => path.includes('.test.') || path.includes('/testing/');

test('no source file is longer than 500 lines', () => {
  const long = code
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > MAX_LINES);
  expect(long).toEqual([]);
});

test('file and folder names are kebab-case', () => {
  const usual =
    /^(README|CONTRIBUTING|CHANGELOG|SECURITY|SOURCES)\.md$|^(LICENSE|NOTICE|Dockerfile|Caddyfile)$/;
  const kebab = /^[.]?[a-z0-9]+(-[a-z0-9]+)*([.][a-z0-9]+(-[a-z0-9]+)*)*$/;
  const wrong = allPaths()
    // drizzle-kit names its migrations itself.
    .filter((path) => !path.startsWith('apps/api/drizzle/'))
    .filter((path) => !path.split('/').every((part) => kebab.test(part) || usual.test(part)));
  expect(wrong).toEqual([]);
});

test('no drawer for what has no name, no barrel but a package entry', () => {
  const drawers = allPaths().filter((path) =>
    /(^|\/)(utils?|misc|helpers?|common|lib)(\/|\.[cm]?[jt]sx?$)/.test(path),
  );
  const barrels = allPaths().filter(
    (path) => /(^|\/)index\.tsx?$/.test(path) && !/^packages\/[^/]+\/src\/index\.ts$/.test(path),
  );
  expect([...drawers, ...barrels]).toEqual([]);
});

test('the environment is read in env.ts alone', () => {
  const allowed = /^(tools|e2e|bench|packages\/[^/]+\/examples)\/|\/env\.ts$|\/(vite|drizzle)\.config\.ts$/;
  const found = code
    .filter(({ path }) => !allowed.test(path) && !isTest(path))
    .flatMap((file) => matches(file, /process\.env\b/));
  expect(found).toEqual([]);
});

test('no test waits for a time, is skipped, or runs alone', () => {
  const tests = withoutHouse.filter(({ path }) => isTest(path) || path.startsWith('e2e/'));
  const forbidden =
    /waitForTimeout|\b(test|it|describe)(\.\w+)*\.(skip|only|todo|fixme)\(|\bx(it|describe)\(/;
  expect(tests.flatMap((file) => matches(file, forbidden))).toEqual([]);
});

test('what tests open is closed by the file, not by a hook that a hook registers', () => {
  const testing = withoutHouse.filter(({ path }) => /\/testing\//.test(path) && !path.includes('.test.'));
  const hooks = testing.filter(({ path }) => !path.endsWith('/each-file.ts'));
  expect(hooks.flatMap((file) => matches(file, /\bafter(All|Each)\(/))).toEqual([]);
});

test('no work is left as a note, no check is silenced', () => {
  const forbidden =
    /\b(TODO|FIXME|XXX|HACK)\b|@ts-(ignore|nocheck|expect-error)|(oxlint|eslint)-disable(?!-next-line \S+ -- )|biome-ignore/;
  expect(withoutHouse.flatMap((file) => matches(file, forbidden))).toEqual([]);
});

test('no file names a folder of the machine it was written on', () => {
  const files = readMatching(
    /\.(ts|tsx|mts|js|mjs|css|json|md|yml|yaml|html|sh|conf|typ|toml)$|Dockerfile$|^\.ci\//,
  );
  const home = /(^|[\s"'`(=:])(\/(home|Users|root|work)\/[\w.]|[A-Z]:\\Users\\)/;
  expect(
    files.filter(({ path }) => !path.startsWith('tools/house/')).flatMap((file) => matches(file, home)),
  ).toEqual([]);
});
