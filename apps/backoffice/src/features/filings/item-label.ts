import type { MessageKey } from '@rnoce/i18n';
import type { VerdictItem } from '@rnoce/schemas/filings';
import { useT } from '@rnoce/ui/i18n';
import { useCallback } from 'react';

/** The name of an item as the form calls it; undefined stands for the whole dossier. */
export function useItemLabel(): (item: VerdictItem | undefined) => string {
  const t = useT();
  return useCallback(
    (item) => {
      if (item === undefined) return t('backoffice:dossier.whole');
      const [section, name = '', field = ''] = item.split('.');
      if (section === 'documents') return t(`reference:document.${name}` as MessageKey);
      if (section === 'company') return t(`reference:company.${name}` as MessageKey);
      return t('backoffice:dossier.manager-field', {
        number: Number(name) + 1,
        field: t(`reference:manager.${field}` as MessageKey),
      });
    },
    [t],
  );
}
