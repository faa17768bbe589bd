import type { LoadCatalogue } from '@rnoce/i18n';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { I18nProvider, useFindMessage, useLocale, useT } from './i18n.tsx';
import { makeLanguages } from './languages.ts';

const words: LoadCatalogue = {
  fr: () => Promise.resolve({ common: { loading: 'Chargement…' } }),
  ar: () => Promise.resolve({ common: { loading: 'جار التحميل…' } }),
  en: () => Promise.resolve({ common: { loading: 'Loading…' } }),
};

function Shown() {
  const t = useT();
  const find = useFindMessage();
  const { locale, direction } = useLocale();
  return [locale, direction, t('common:loading'), find('common:no-such') ?? 'nothing'].join(' | ');
}

test('screens read the language in use and its direction', async () => {
  const languages = makeLanguages('fr');
  await languages.add(words);
  const i18n = {
    languages,
    ready: Promise.resolve(),
    withMessages: () => Promise.reject(new Error('unused')),
  };
  const shown = () =>
    renderToStaticMarkup(
      <I18nProvider i18n={i18n}>
        <Shown />
      </I18nProvider>,
    );
  expect(shown()).toBe('fr | ltr | Chargement… | nothing');
  await languages.change('ar');
  expect(shown()).toBe('ar | rtl | جار التحميل… | nothing');
});

test('a screen without its languages is a fault of the program', () => {
  expect(() => renderToStaticMarkup(<Shown />)).toThrow('I18nProvider');
});
