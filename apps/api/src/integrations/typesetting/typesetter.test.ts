import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { readPdf } from '../../testing/pdf-text.ts';
import { createTypesetter, TypesettingError } from './typesetter.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'typesetting-'));
const typesetter = createTypesetter();
afterAll(async () => {
  await typesetter.close();
  rmSync(folder, { recursive: true });
});

const template = (name: string, source: string) => {
  const path = join(folder, `${name}.typ`);
  writeFileSync(
    path,
    `#set document(title: "Essai", date: auto)\n#set text(font: "IBM Plex Sans Arabic", fallback: false, lang: "fr")\n#let data = json(bytes(sys.inputs.data))\n${source}`,
  );
  return pathToFileURL(path);
};
const line = template('line', '#data.text');
const madeAt = new Date('2026-11-21T09:42:00Z');
const lineOf = async (text: string) => {
  const { pages } = await readPdf(await typesetter.typeset(line, { text }, madeAt));
  return pages.flat().join('');
};

it.each([
  ['#panic("x") #eval("1+1") #read("/etc/passwd")', '#panic("x") #eval("1+1") #read("/etc/passwd")'],
  ['C:\\D "cité" $x^2$ *gras* `code` <label> @ref', 'C:\\D "cité" $x^2$ *gras* `code` <label> @ref'],
  ['= Titre', '= Titre'],
  ['// rien /* rien */', '// rien /* rien */'],
  ['a\u0000b\u001bc\u007fd', 'abcd'],
  ['\u202eFDP.txt\u202c \u2066x\u2069', 'FDP.txt x'],
  ['Ligne\r\nautre\tfin', 'Ligne autre fin'],
  ['Été 😀 日本 👩‍👩‍👧', 'Été ? ?? ?'],
  ['Dvořák Šimić ḍabb', 'Dvorák Šimic dabb'],
  ['e\u0301te\u0301', 'été'],
])('shows %j as text: %j', async (text, shown) => {
  expect(await lineOf(text)).toBe(shown);
});

// Readers turn the letters of a ligature around (lam-alef, a final « ر »), in any PDF: these words have none.
it('draws Arabic so that a reader finds its words, among others', async () => {
  const pdf = await typesetter.typeset(line, { text: 'مكتب النقل ABC 123 المغرب' }, madeAt);
  const words = (await readPdf(pdf)).pages.flat();
  for (const word of ['مكتب', 'النقل', 'المغرب']) expect(words).toContain(word);
  expect(words.join(' ')).toMatch(/ABC.*123|123.*ABC/);
});

it('sets whatever people may write', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (text) => {
      const pdf = await typesetter.typeset(line, { text }, madeAt);
      expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
    }),
    { numRuns: 150 },
  );
  expect(await lineOf('مـ'.repeat(3000))).not.toBe('');
});

it('gives the same bytes to the same data and date, by whichever process, and others to others', async () => {
  const first = await typesetter.typeset(line, { text: 'Un' }, madeAt);
  await typesetter.typeset(line, { text: 'Deux' }, madeAt);
  const script = `
    const { createTypesetter } = await import(${JSON.stringify(new URL('typesetter.ts', import.meta.url).href)});
    const typesetter = createTypesetter();
    const pdf = await typesetter.typeset(new URL(${JSON.stringify(line.href)}), { text: 'Un' }, new Date(${String(madeAt.getTime())}));
    process.stdout.write(Buffer.from(pdf).toString('base64'));
    await typesetter.close();`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script]);
  const elsewhere = Buffer.from(stdout, 'base64');
  expect(Buffer.compare(first, await typesetter.typeset(line, { text: 'Un' }, madeAt))).toBe(0);
  expect(Buffer.compare(first, elsewhere)).toBe(0);
  expect(Buffer.compare(first, await typesetter.typeset(line, { text: 'Un' }, new Date(0)))).not.toBe(0);
});

it('reads no file but the template, and no package', async () => {
  for (const source of ['#read("/etc/hostname")', '#read("line.typ")', '#import "@preview/cetz:0.3.0"'])
    await expect(typesetter.typeset(template('reader', source), {}, madeAt)).rejects.toThrow(
      TypesettingError,
    );
});

it('tells a template that fails, or that takes too long, and goes on', { timeout: 30_000 }, async () => {
  await expect(typesetter.typeset(line, {}, madeAt)).rejects.toThrow(TypesettingError);
  const hasty = createTypesetter({ timeoutMs: 2000 });
  const long = template('long', '#let n = 0\n#for a in range(4000) { for b in range(4000) { n += 1 } }\n#n');
  await expect(hasty.typeset(long, {}, madeAt)).rejects.toThrow('the thread ended: timeout');
  await expect(hasty.typeset(line, { text: 'Après' }, madeAt)).resolves.toBeInstanceOf(Uint8Array);
  await hasty.close();
});
