import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { environmentKeys } from '../../apps/api/src/env.ts';
import { ROOT, readMatching } from './source-files.ts';

const documents = readMatching(/\.md$/);
const { scripts }: { scripts: Record<string, string> } = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
);

test('every local link and picture of a document leads to a file', () => {
  const broken = documents.flatMap(({ path, text }) =>
    [...text.matchAll(/\]\(<?([^)>\s#]+)(?:#[^)]*)?>?(?:\s+"[^"]*")?\)/g)]
      .map((match) => match[1] ?? '')
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => !existsSync(join(ROOT, dirname(path), decodeURIComponent(link))))
      .map((link) => `${path}: ${link}`),
  );
  expect(broken).toEqual([]);
});

test('every command of a document exists', () => {
  const unknown = documents.flatMap(({ path, text }) =>
    [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)]
      .map((match) => match[1] ?? match[2] ?? '')
      .filter((name) => !(name in scripts))
      .map((name) => `${path}: npm run ${name}`),
  );
  expect(unknown).toEqual([]);
});

test('a document runs TypeScript by npm, whose Node is the project’s, or in the image', () => {
  const bare = documents.flatMap(({ path, text }) =>
    [...text.matchAll(/(?<!docker compose [^`\n]*)\bnode [\w./-]+\.ts\b/g)].map(
      ([command]) => `${path}: ${command}`,
    ),
  );
  expect(bare).toEqual([]);
});

test('docs/operations.md lists every setting', () => {
  const text = documents.find(({ path }) => path === 'docs/operations.md')?.text ?? '';
  expect(environmentKeys.filter((key) => !text.includes(`\`${key}\``))).toEqual([]);
});
