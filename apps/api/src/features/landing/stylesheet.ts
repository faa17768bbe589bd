import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fontFaces } from './font-faces.ts';

const sheets = [
  '../../../../../packages/ui/src/palette.css',
  'page-layout.css',
  'landing.css',
  '../openapi/problems.css',
].map((path) => readFileSync(new URL(path, import.meta.url), 'utf8'));
export const stylesheetPath = '/landing.css';

/** The style sheet of the API's own pages, and its address, which changes with it. */
export function loadStylesheet(spaDir: string): { css: string; href: string } {
  const css = `${fontFaces(spaDir)}${sheets.join('')}`;
  const version = createHash('sha256').update(css).digest('base64url').slice(0, 12);
  return { css, href: `${stylesheetPath}?v=${version}` };
}
