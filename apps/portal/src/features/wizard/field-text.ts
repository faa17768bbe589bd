import { formatDate } from '@rnoce/i18n';
import { companyFields } from '@rnoce/schemas/company';
import type { FieldRule } from '@rnoce/schemas/fields';
import { managerFields } from '@rnoce/schemas/managers';
import { useLocale, useT } from '@rnoce/ui/i18n';
import { useCallback } from 'react';
import { choiceKey } from './choice-names.ts';
import { useWizard } from './wizard-context.ts';

const rules: Readonly<Record<'company' | 'manager', Readonly<Record<string, FieldRule>>>> = {
  company: companyFields,
  manager: managerFields,
};

/** A value as it is read: a date day first, a choice and a list's entry by name. */
export function useFieldText(): (section: 'company' | 'manager', field: string, value: unknown) => string {
  const t = useT();
  const { locale } = useLocale();
  const { lists } = useWizard();
  return useCallback(
    (section, field, value) => {
      const rule = rules[section][field];
      if (rule?.kind === 'boolean') return t(value === true ? 'common:boolean.yes' : 'common:boolean.no');
      if (typeof value !== 'string') return '';
      if (rule?.kind === 'date') return formatDate(value);
      const key = rule?.kind === 'choice' ? choiceKey(field, value) : undefined;
      if (key) return rule?.options?.includes(value) === true ? t(key) : value;
      if (rule?.list === undefined || rule.list === 'banks') return value;
      const entry = lists[rule.list].find(({ code }) => code === value);
      if (!entry) return value;
      return `${entry.code} ${locale === 'ar' ? (entry.labelAr ?? entry.label) : entry.label}`;
    },
    [t, locale, lists],
  );
}
