import { formatDate, formatRib } from '@rnoce/i18n';
import type { FieldRule } from '@rnoce/schemas/fields';
import type { ManagersDraft } from '@rnoce/schemas/managers';
import type { ReferenceEntry, ReferenceList } from '@rnoce/schemas/reference';
import { type Section, sectionRule } from '@rnoce/schemas/sections';
import { useFindMessage, useLocale, useT } from '@rnoce/ui/i18n';
import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { referenceQuery } from '../api/queries.ts';
import { choiceKey } from './choice-names.ts';

/** The lists that the form's codes come from. */
export const formLists = [
  'rc-centres',
  'cities',
  'activities',
  'banks',
] as const satisfies readonly ReferenceList[];

/**
 * Writes a value as people read it, by the rule of its field: the label of a choice or of a list's code, a date, a number from left to
 * right, one of the form's `managers`.
 */
export function useFieldText(
  managers: ManagersDraft = [],
): (rule: FieldRule | undefined, name: string, value: unknown) => ReactNode {
  const t = useT();
  const find = useFindMessage();
  const { locale } = useLocale();
  const lists = useQueries({ queries: formLists.map((list) => referenceQuery(list)) });
  const entryOf = (list: ReferenceList | undefined, code: string): ReferenceEntry | undefined =>
    lists[formLists.findIndex((one) => one === list)]?.data?.find((entry) => entry.code === code);

  return (rule, name, value) => {
    if (rule?.kind === 'boolean') return t(value === true ? 'common:boolean.yes' : 'common:boolean.no');
    const text = typeof value === 'string' ? value : '';
    if (text === '') return <span className="portal-missing">{t('portal:summary.missing')}</span>;
    switch (rule?.kind) {
      case 'choice': {
        const key = rule.options?.includes(text) === true ? choiceKey(name, text) : undefined;
        return key ? t(key) : text;
      }
      case 'list': {
        const entry = entryOf(rule.list, text);
        const label = locale === 'ar' ? (entry?.labelAr ?? entry?.label) : entry?.label;
        return (
          // One isolate: among Arabic, a French name would else stand between its code and its own next line.
          <bdi>
            <span className="rnoce-code">{text}</span> {label}
          </bdi>
        );
      }
      case 'date':
        return <bdi className="rnoce-code">{formatDate(text)}</bdi>;
      case 'identifier':
      case 'phone':
      case 'email':
        return <bdi className="rnoce-code">{name === 'rib' ? formatRib(text) : text}</bdi>;
      case 'manager': {
        const manager = managers.find(({ key }) => key === text);
        if (!manager) return <span className="portal-missing">{t('portal:summary.missing')}</span>;
        return (
          <>
            <bdi>
              {manager.firstName} {manager.lastName}
            </bdi>
            {' · '}
            {find(`reference:id-type.${manager.idType ?? ''}`)}{' '}
            <bdi className="rnoce-code">{manager.idNumber}</bdi>
          </>
        );
      }
      case 'text':
      case 'long_text':
      case undefined:
        return <span dir="auto">{text}</span>;
    }
  };
}

/** Writes a value of the form as people read it. */
export function useFactText(
  managers?: ManagersDraft,
): (section: Section, name: string, value: unknown) => ReactNode {
  const textOf = useFieldText(managers);
  return (section, name, value) => textOf(sectionRule(section).fields[name], name, value);
}

interface Fact {
  readonly id: string;
  readonly label: string;
  readonly value: ReactNode;
  /** What stands beside the value. */
  readonly note: ReactNode;
}

/** Makes the facts of some fields of a section, or of an item of a list. */
export function useFactsOf(
  managers?: ManagersDraft,
): (
  section: Section,
  names: readonly string[],
  values: Readonly<Record<string, unknown>>,
  noteOf?: (name: string) => ReactNode,
) => Fact[] {
  const find = useFindMessage();
  const textOf = useFactText(managers);
  return (section, names, values, noteOf) =>
    names.map((name) => ({
      id: name,
      label: find(`reference:${sectionRule(section).labels}.${name}`) ?? name,
      value: textOf(section, name, values[name]),
      note: noteOf?.(name),
    }));
}

/** Labels and values in two columns, one on a phone. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="portal-facts">
      {facts.map(({ id, label, value, note }) => (
        <div key={id}>
          <dt>{label}</dt>
          <dd>
            {value} {note}
          </dd>
        </div>
      ))}
    </dl>
  );
}
