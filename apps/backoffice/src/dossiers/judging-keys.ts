import type { useT } from '@rnoce/ui/i18n';

/** The keys by which a dossier is judged, with what each does, for the hint. */
export const judgingKeys = (t: ReturnType<typeof useT>): (readonly [string, string])[] => [
  ['v', t('backoffice:keys.accept')],
  ['r', t('backoffice:keys.refuse')],
  ['j', t('backoffice:keys.next')],
  ['k', t('backoffice:keys.previous')],
  ['d', t('backoffice:keys.decide')],
];
