import type { CustomsRequestDossier, RequestChange } from '@rnoce/schemas/customs-requests';
import type { ManagerDraft } from '@rnoce/schemas/managers';
import { useT } from '@rnoce/ui/i18n';
import { useCallback } from 'react';
import { personName } from '../../dossiers/field-value.tsx';
import { fieldLabel, fieldOf, useItemLabel } from '../../dossiers/item-label.ts';

export type Side = 'now' | 'before' | 'asked';

/** A change of a manager has a manager on its sides, or nobody. */
export const isManagerChange = ({ item }: Pick<RequestChange, 'item'>): boolean =>
  item.startsWith('managers.');

/** The manager on one side of a change; null: nobody, or it isn't of a manager. */
export function managerOn(change: RequestChange, side: Side): ManagerDraft | null {
  const value = change[side];
  return typeof value === 'object' ? (value ?? null) : null;
}

/** Who a change of a manager is about: the name asked for, else the one they had. */
export const managerNameOf = (change: RequestChange): string => {
  const manager = managerOn(change, 'asked') ?? managerOn(change, 'before') ?? managerOn(change, 'now');
  return manager ? personName(manager) : '';
};

/** The name of an item of a request: « Raison sociale », « Gérant Amina Alaoui », a document; undefined stands for the whole. */
export function useRequestItemLabel({
  changes,
}: Pick<CustomsRequestDossier, 'changes'>): (item: string | undefined) => string {
  const t = useT();
  const labelOf = useItemLabel();
  return useCallback(
    (item) => {
      if (item === undefined) return t('operations-desk:whole');
      if (item.startsWith('company.')) return t(fieldLabel('company', fieldOf(item)));
      if (!item.startsWith('managers.')) return labelOf(item);
      const change = changes.find((one) => one.item === item);
      const name = change === undefined ? '' : managerNameOf(change);
      return t('operations-desk:manager', { name: `\u2068${name}\u2069` });
    },
    [t, labelOf, changes],
  );
}
