import type { Locale } from '@rnoce/i18n';
import type { useT } from '@rnoce/ui/i18n';

type Translate = ReturnType<typeof useT>;

const labelled = ['taxId', 'ice', 'rcNumber', 'rcCentre', 'email', 'operatorType'] as const;
function fieldLabel(t: Translate, name: string): string {
  const known = labelled.find((field) => field === name);
  return known ? t(`reference:identifiers.${known}`) : name;
}

/** That customs know this ICE with other values, and for which identifiers. */
export const mismatchSentence = (t: Translate, locale: Locale, fields: readonly string[]): string =>
  t('subscriptions:outcome.mismatch', {
    fields: new Intl.ListFormat(locale).format(fields.map((field) => fieldLabel(t, field))),
  });
