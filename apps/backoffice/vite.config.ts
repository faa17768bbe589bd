import { defineSpa, firstScreen, pdfAssets } from '@rnoce/config/vite';

export default defineSpa('/agents/', {
  plugins: [
    pdfAssets(),
    firstScreen(import.meta.dirname, {
      ahead: 'src/app/languages.ts',
      screen: 'src/features/sessions/sign-in-screen.tsx',
      fonts: /ibm-plex-sans-arabic-latin-/,
    }),
  ],
});
