import type { MessageKey } from '@rnoce/i18n';
import { isListSection, Section, sectionRule } from '@rnoce/schemas/sections';
import { useT } from '@rnoce/ui/i18n';
import { useCallback } from 'react';

/** The name of a field as the form calls it. */
export const fieldLabel = (section: Section, name: string): MessageKey =>
  `reference:${sectionRule(section).labels}.${name}` as MessageKey;

/** The field of an item, `managers.0.idNumber` → `idNumber`. */
export const fieldOf = (item: string): string => item.split('.').at(-1) ?? '';

/** The name of an item: « Numéro ICE », « Gérant 1, Nom », « Utilisateur 2 »; undefined stands for the whole dossier. */
export function useItemLabel(): (item: string | undefined) => string {
  const t = useT();
  return useCallback(
    (item) => {
      if (item === undefined) return t('backoffice:dossier.whole');
      const [place = '', name = '', field] = item.split('.');
      if (place === 'documents') return t(`reference:document.${name}` as MessageKey);
      const section = Section.parse(place);
      if (!isListSection(section)) return t(fieldLabel(section, name));
      const person = t(`backoffice:dossier.item.${section}`, { number: Number(name) + 1 });
      if (field === undefined) return person;
      return t('backoffice:dossier.item-field', { item: person, field: t(fieldLabel(section, field)) });
    },
    [t],
  );
}
