import { isListSection, sectionRule } from '@rnoce/schemas/sections';
import { useFindMessage, useT } from '@rnoce/ui/i18n';
import { useCallback } from 'react';
import { elementParts } from './element-parts.ts';

/** The name of an element of the form on the screen: `company.ice` → « Numéro ICE », `managers.1.lastName` → « Gérant 2 · Nom ». */
export function useElementLabel(): (element: string) => string {
  const t = useT();
  const find = useFindMessage();
  return useCallback(
    (element) => {
      const parts = elementParts(element);
      if (!parts) {
        const [, document = ''] = element.split('.');
        return find(`reference:document.${document}`) ?? element;
      }
      const { section, index, field } = parts;
      const name = sectionRule(section).labels;
      const label = field === undefined ? undefined : find(`reference:${name}.${field}`);
      if (!isListSection(section) || index === undefined) return label ?? t(`reference:section.${section}`);
      const item = find(`portal:summary.${name}`, { number: index + 1 }) ?? element;
      return label === undefined ? item : `${item} · ${label}`;
    },
    [t, find],
  );
}
