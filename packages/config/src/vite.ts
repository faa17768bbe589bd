import react from '@vitejs/plugin-react';
import { mergeConfig, type UserConfig } from 'vite';
import { importAttributes } from './import-attributes.ts';

export { firstScreen } from './first-screen.ts';
export { pdfAssets } from './pdf-assets.ts';

/**
 * The Vite configuration of one SPA.
 *
 * @param base path the site serves it under, with both slashes: `/espace-prive/`
 * @param own what only this SPA needs, merged over the common part
 */
export function defineSpa(base: string, own: UserConfig = {}): UserConfig {
  const common: UserConfig = {
    base,
    plugins: [react(), importAttributes()],
    // The API's content security policy allows no data: script or font and no inline script.
    build: {
      outDir: 'dist',
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      manifest: true,
      sourcemap: false,
      reportCompressedSize: false,
      rolldownOptions: {
        output: {
          // What changes with a library's version only keeps its name, and its place in people's caches, from one deployment to the next.
          codeSplitting: {
            groups: [
              { name: 'react', test: packageFiles('react'), priority: 3 },
              { name: 'react-dom', test: packageFiles('react-dom', 'scheduler'), priority: 2 },
              { name: 'react-router', test: packageFiles('react-router'), priority: 1 },
            ],
          },
        },
      },
    },
    // A missing translation or type shows in the check, not by clearing the terminal of the other processes.
    clearScreen: false,
  };
  return mergeConfig(common, own);
}

/** Matches the files of these packages, wherever the package manager puts them. */
function packageFiles(...names: string[]): RegExp {
  return new RegExp(`[\\\\/]node_modules[\\\\/](${names.join('|')})[\\\\/]`);
}
