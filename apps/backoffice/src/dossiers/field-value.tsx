import { formatDate, formatRib, type MessageKey } from '@rnoce/i18n';
import type { FieldRule } from '@rnoce/schemas/fields';
import type { ReferenceList } from '@rnoce/schemas/reference';
import { type Section, type SectionsView, sectionRule } from '@rnoce/schemas/sections';
import { useT } from '@rnoce/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { referenceQuery } from '../api/queries.ts';

const choices: Readonly<Record<string, string>> = {
  entityType: 'entity-type',
  operatorType: 'operator-type',
  origin: 'origin',
  idType: 'id-type',
  department: 'department',
};

/** A value of the form as people read it. */
export function FieldValue({
  section,
  name,
  value,
  managers,
}: {
  section: Section;
  name: string;
  value: unknown;
  /** Those that a value may name by their key. */
  managers?: SectionsView['managers'];
}) {
  const t = useT();
  const rule: FieldRule | undefined = sectionRule(section).fields[name];
  if (rule?.kind === 'boolean')
    return t(value === true || value === 'true' ? 'common:boolean.yes' : 'common:boolean.no');
  const none = <span className="backoffice-none">{t('desk:dossier.no-value')}</span>;
  if (typeof value !== 'string' || value === '') return none;
  switch (rule?.kind) {
    case 'choice':
      return t(`reference:${choices[name] ?? name}.${value}` as MessageKey);
    case 'list':
      return rule.list ? <ListValue list={rule.list} code={value} /> : value;
    case 'manager': {
      const manager = managers?.find(({ key }) => key === value);
      return manager ? <bdi>{personName(manager)}</bdi> : none;
    }
    case 'date':
      return <bdi className="rnoce-code">{formatDate(value)}</bdi>;
    case 'identifier':
      return <bdi className="rnoce-code">{name === 'rib' ? formatRib(value) : value}</bdi>;
    case 'phone':
    case 'email':
      return <bdi className="rnoce-code">{value}</bdi>;
    case 'text':
    case 'long_text':
    case undefined:
      return <bdi>{value}</bdi>;
  }
}

export interface Named {
  readonly firstName?: string | null | undefined;
  readonly lastName?: string | null | undefined;
}

/** A person of the form, by their first name and their name. */
export const personName = ({ firstName, lastName }: Named): string =>
  [firstName, lastName].filter(Boolean).join(' ');

/** « 0077 FKIH BEN SALAH »; the code alone until the list has come. */
function ListValue({ list, code }: { list: ReferenceList; code: string }) {
  const { data } = useQuery(referenceQuery(list));
  const label = data?.find((entry) => entry.code === code)?.label;
  return (
    <bdi>
      <span className="rnoce-code">{code}</span> {label}
    </bdi>
  );
}
