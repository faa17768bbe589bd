import { openLanguage, rememberedLocale } from './catalogue.ts';

/** Asked for before the application's code has arrived: its language is known to the browser alone. */
export const firstLanguage = openLanguage(rememberedLocale());
