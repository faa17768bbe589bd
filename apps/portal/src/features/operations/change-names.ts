import type { RecordChange } from '@rnoce/schemas/customs-request-rules';
import type { ManagerDraft } from '@rnoce/schemas/managers';
import { useT } from '@rnoce/ui/i18n';
import { useCallback } from 'react';
import { isolated } from '../../form-sections/isolated.ts';
import { itemName } from '../../form-sections/list-screens.ts';
import { useElementLabel } from '../../subscription-summary/element-label.ts';

type Named = Pick<RecordChange, 'item' | 'before' | 'asked'>;

const managerIn = ({ before, asked }: Named): ManagerDraft | undefined => {
  const one = asked ?? before;
  return typeof one === 'object' && one !== null ? one : undefined;
};

/** What the screen calls a change, and whatever a reason is about: « Raison sociale », « Gérant : Amina Alaoui ». */
export function useChangeName(changes: readonly Named[]): (element: string) => string {
  const t = useT();
  const labelOf = useElementLabel();
  return useCallback(
    (element) => {
      if (!element.startsWith('managers.')) return labelOf(element);
      const change = changes.find(({ item }) => item === element);
      const manager = change && managerIn(change);
      const name = manager ? itemName(manager) : '';
      return name === ''
        ? t('operations:change.manager')
        : t('common:labelled', { label: t('operations:change.manager'), value: isolated(name) });
    },
    [changes, labelOf, t],
  );
}
