import react from '@vitejs/plugin-react';
import { mergeConfig, type UserConfig } from 'vite';

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
    plugins: [react()],
    // The API's content security policy allows no data: script or font and no inline script.
    build: {
      outDir: 'dist',
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      manifest: true,
      sourcemap: false,
      reportCompressedSize: false,
    },
    // A missing translation or type shows in the check, not by clearing the terminal of the other processes.
    clearScreen: false,
  };
  return mergeConfig(common, own);
}
