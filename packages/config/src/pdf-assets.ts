import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Decoders of scanned images and standard fonts: what pdf.js fetches by itself, and only when a document needs it. Left out:
 * `cmaps`, for Chinese, Japanese and Korean documents without embedded fonts.
 */
const folders = ['wasm', 'standard_fonts'] as const;
const uiPackage = new URL('../../ui/package.json', import.meta.url);

/**
 * Serves pdf.js's own files from `assets/pdfjs/` of the SPA, so that nothing is fetched from elsewhere. They are those of the version
 * that `packages/ui` draws documents with.
 */
export function pdfAssets(): Plugin {
  const source = dirname(createRequire(uiPackage).resolve('pdfjs-dist/package.json'));
  const files = folders.flatMap((folder) =>
    readdirSync(join(source, folder)).map((name) => `${folder}/${name}`),
  );
  let base = '/';
  return {
    name: 'rnoce-pdf-assets',
    configResolved(config) {
      base = config.base;
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = request.url?.split('?')[0] ?? '';
        const prefix = `${base}assets/pdfjs/`;
        const name = path.startsWith(prefix) ? path.slice(prefix.length) : '';
        if (!files.includes(name) || !existsSync(join(source, name))) return next();
        response.setHeader(
          'content-type',
          name.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream',
        );
        createReadStream(join(source, name)).pipe(response);
      });
    },
    generateBundle() {
      for (const name of files) {
        this.emitFile({
          type: 'asset',
          fileName: `assets/pdfjs/${name}`,
          source: readFileSync(join(source, name)),
        });
      }
    },
  };
}
