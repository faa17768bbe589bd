import { locales } from '@rnoce/i18n';
import { loadCatalogue } from '@rnoce/i18n/backoffice';
import { formatMessage } from '@rnoce/i18n/message';
import { loadReference } from '@rnoce/i18n/reference';
import { documentNames } from '@rnoce/schemas/documents';
import { sectionRule } from '@rnoce/schemas/sections';
import { expect, it } from 'vitest';
import { itemLabel } from './item-label.ts';

const items = [
  ...documentNames.map((document) => `documents.${document}`),
  ...Object.keys(sectionRule('company').fields).map((field) => `company.${field}`),
];

it.each(locales)('no document of a dossier has the name of a field (%s)', async (locale) => {
  const catalogue = { ...(await loadCatalogue[locale]()), ...(await loadReference[locale]()) };
  const labels = items.map((item) =>
    itemLabel((key, params) => formatMessage(catalogue, locale, key, params), item),
  );
  expect(labels.filter((label, index) => labels.indexOf(label) !== index)).toEqual([]);
});
