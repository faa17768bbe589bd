import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The application whose fonts the page shares, so that they are fetched once for both. */
const assets = { folder: ['portal', 'assets'], path: '/espace-prive/assets' } as const;
const ranges: Readonly<Record<string, string>> = {
  latin: 'U+0000-00FF, U+0131, U+0152-0153, U+2000-206F, U+20AC, U+2122, U+2212',
  arabic: 'U+0600-06FF, U+0750-077F, U+FB50-FDFF, U+FE70-FE74, U+FE76-FEFC',
};
const fontFile = /^ibm-plex-sans-arabic-(latin|arabic)-(400|600)-normal-[\w-]+\.woff2$/;

/** `@font-face` rules for the fonts of the built portal; none without it, and the page takes the system's. */
export function fontFaces(spaDir: string): string {
  if (spaDir === '') return '';
  let files: string[];
  try {
    files = readdirSync(join(spaDir, ...assets.folder));
  } catch {
    return '';
  }
  return files
    .flatMap((file) => {
      const [, script = '', weight = ''] = fontFile.exec(file) ?? [];
      return script === ''
        ? []
        : [
            `@font-face{font-family:"IBM Plex Sans Arabic";font-weight:${weight};font-display:swap;` +
              `src:url("${assets.path}/${file}") format("woff2");unicode-range:${ranges[script] ?? ''}}\n`,
          ];
    })
    .join('');
}
