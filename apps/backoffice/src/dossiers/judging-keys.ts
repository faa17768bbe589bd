import type { useT } from '@rnoce/ui/i18n';

/** The keys by which a dossier is judged, with what each does, for the hint. */
export const judgingKeys = (t: ReturnType<typeof useT>): (readonly [string, string])[] => [
  ['v', t('desk:keys.accept')],
  ['r', t('desk:keys.refuse')],
  ['j', t('desk:keys.next')],
  ['k', t('desk:keys.previous')],
  ['d', t('desk:keys.decide')],
];
