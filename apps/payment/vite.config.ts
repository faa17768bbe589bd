import { defineSpa, firstScreen } from '@rnoce/config/vite';

export default defineSpa('/paiement/', {
  plugins: [firstScreen(import.meta.dirname, { ahead: 'src/language/first-language.ts' })],
});
