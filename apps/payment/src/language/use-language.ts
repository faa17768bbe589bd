import { createContext, useContext } from 'react';
import type { Language } from './catalogue.ts';

export const LanguageContext = createContext<Language | undefined>(undefined);

/** The language of the page and its messages. */
export function useLanguage(): Language {
  const language = useContext(LanguageContext);
  if (!language) throw new Error('Messages are read inside the application.');
  return language;
}
