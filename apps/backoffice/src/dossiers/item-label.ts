import type { MessageKey } from '@rnoce/i18n';
import { isListSection, Section, sectionRule } from '@rnoce/schemas/sections';
import { type Translate, useT } from '@rnoce/ui/i18n';
import { useCallback } from 'react';

/** The name of a field as the form calls it. */
export const fieldLabel = (section: Section, name: string): MessageKey =>
  `reference:${sectionRule(section).labels}.${name}` as MessageKey;

/** The name of a document, where a heading says that it is one. */
export const documentLabel = (name: string): MessageKey => `reference:document.${name}` as MessageKey;

const companyFields = Object.keys(sectionRule('company').fields);

/** The field of an item, `managers.0.idNumber` → `idNumber`. */
export const fieldOf = (item: string): string => item.split('.').at(-1) ?? '';

/** The name of an item: « Numéro ICE », « Gérant 1, Nom », « Utilisateur 2 »; undefined stands for the whole dossier. */
export function itemLabel(t: Translate, item: string | undefined): string {
  if (item === undefined) return t('desk:dossier.whole');
  const [place = '', name = '', field] = item.split('.');
  if (place === 'documents') {
    const document = t(documentLabel(name));
    // « Taxe professionnelle » is a document and a number: without a heading above it, its part of the dossier tells which.
    return companyFields.some((one) => t(fieldLabel('company', one)) === document)
      ? t('desk:dossier.item-field', { item: t('reference:section.documents'), field: document })
      : document;
  }
  const section = Section.parse(place);
  if (!isListSection(section)) return t(fieldLabel(section, name));
  const person = t(`desk:dossier.item.${section}`, { number: Number(name) + 1 });
  if (field === undefined) return person;
  return t('desk:dossier.item-field', { item: person, field: t(fieldLabel(section, field)) });
}

/** `itemLabel` in the language in use. */
export function useItemLabel(): (item: string | undefined) => string {
  const t = useT();
  return useCallback((item) => itemLabel(t, item), [t]);
}
