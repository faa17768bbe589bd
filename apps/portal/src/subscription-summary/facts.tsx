import { formatDate } from '@rnoce/i18n';
import { origins } from '@rnoce/schemas/company';
import type { FieldRule } from '@rnoce/schemas/fields';
import { idTypes } from '@rnoce/schemas/managers';
import { entityTypes, operatorTypes } from '@rnoce/schemas/operator-types';
import type { ReferenceEntry, ReferenceList } from '@rnoce/schemas/reference';
import { useLocale, useT } from '@rnoce/ui/i18n';
import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { referenceQuery } from '../api/queries.ts';

/** The lists that the form's codes come from. */
export const summaryLists = [
  'rc-centres',
  'cities',
  'activities',
] as const satisfies readonly ReferenceList[];

const oneOf = <T extends string>(values: readonly T[], value: string): T | undefined =>
  values.find((one) => one === value);

/** Writes a value of the form as people read it: the label of a choice or of a list's code, a date, a number from left to right. */
export function useFactText(): (name: string, rule: FieldRule, value: unknown) => ReactNode {
  const t = useT();
  const { locale } = useLocale();
  const lists = useQueries({ queries: summaryLists.map((list) => referenceQuery(list)) });
  const entryOf = (list: ReferenceList | undefined, code: string): ReferenceEntry | undefined =>
    lists[summaryLists.findIndex((one) => one === list)]?.data?.find((entry) => entry.code === code);

  const choiceOf = (name: string, value: string): string => {
    const entityType = name === 'entityType' ? oneOf(entityTypes, value) : undefined;
    if (entityType) return t(`reference:entity-type.${entityType}`);
    const operatorType = name === 'operatorType' ? oneOf(operatorTypes, value) : undefined;
    if (operatorType) return t(`reference:operator-type.${operatorType}`);
    const origin = name === 'origin' ? oneOf(origins, value) : undefined;
    if (origin) return t(`reference:origin.${origin}`);
    const idType = name === 'idType' ? oneOf(idTypes, value) : undefined;
    return idType ? t(`reference:id-type.${idType}`) : value;
  };

  return (name, rule, value) => {
    if (rule.kind === 'boolean') return t(value === true ? 'common:boolean.yes' : 'common:boolean.no');
    const text = typeof value === 'string' ? value : '';
    if (text === '') return <span className="portal-missing">{t('portal:summary.missing')}</span>;
    switch (rule.kind) {
      case 'choice':
        return choiceOf(name, text);
      case 'list': {
        const entry = entryOf(rule.list, text);
        const label = locale === 'ar' ? (entry?.labelAr ?? entry?.label) : entry?.label;
        return (
          <>
            <bdi className="rnoce-code">{text}</bdi> {label === undefined ? null : <bdi>{label}</bdi>}
          </>
        );
      }
      case 'date':
        return <bdi className="rnoce-code">{formatDate(text)}</bdi>;
      case 'identifier':
      case 'phone':
      case 'email':
        return <bdi className="rnoce-code">{text}</bdi>;
      case 'text':
      case 'long_text':
        return <span dir="auto">{text}</span>;
    }
  };
}

export interface Fact {
  readonly id: string;
  readonly label: string;
  readonly value: ReactNode;
}

/** Labels and values in two columns, one on a phone. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="portal-facts">
      {facts.map(({ id, label, value }) => (
        <div key={id}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
