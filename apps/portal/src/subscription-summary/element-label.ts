import { useFindMessage, useT } from '@rnoce/ui/i18n';
import { useCallback } from 'react';

/** The name of an element of the form on the screen: `company.ice` → « Numéro ICE », `managers.1.lastName` → « Gérant 2 · Nom ». */
export function useElementLabel(): (element: string) => string {
  const t = useT();
  const find = useFindMessage();
  return useCallback(
    (element) => {
      const [section, first = '', field] = element.split('.');
      if (section === 'documents') return find(`reference:document.${first}`) ?? element;
      if (section === 'company') return find(`reference:company.${first}`) ?? element;
      if (section !== 'managers') return element;
      if (first === '') return t('reference:section.managers');
      const person = t('portal:summary.manager', { number: Number(first) + 1 });
      const label = field === undefined ? undefined : find(`reference:manager.${field}`);
      return label === undefined ? person : `${person} · ${label}`;
    },
    [t, find],
  );
}
