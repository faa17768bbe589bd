import { formatDate, type MessageKey } from '@rnoce/i18n';
import { companyFields } from '@rnoce/schemas/company';
import type { FieldRule } from '@rnoce/schemas/fields';
import { managerFields } from '@rnoce/schemas/managers';
import type { ReferenceList } from '@rnoce/schemas/reference';
import { useT } from '@rnoce/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { referenceQuery } from '../../api/queries.ts';

const choices: Readonly<Record<string, string>> = {
  entityType: 'entity-type',
  operatorType: 'operator-type',
  origin: 'origin',
  idType: 'id-type',
};

/** A value of the form as people read it. */
export function FieldValue({
  section,
  name,
  value,
}: {
  section: 'company' | 'managers';
  name: string;
  value: unknown;
}) {
  const t = useT();
  const rules: Readonly<Record<string, FieldRule>> = section === 'company' ? companyFields : managerFields;
  const rule = rules[name];
  if (rule?.kind === 'boolean') return t(value === true ? 'common:boolean.yes' : 'common:boolean.no');
  if (typeof value !== 'string' || value === '')
    return <span className="backoffice-none">{t('backoffice:dossier.no-value')}</span>;
  switch (rule?.kind) {
    case 'choice':
      return t(`reference:${choices[name] ?? name}.${value}` as MessageKey);
    case 'list':
      return rule.list ? <ListValue list={rule.list} code={value} /> : value;
    case 'date':
      return <bdi className="rnoce-code">{formatDate(value)}</bdi>;
    case 'identifier':
    case 'phone':
    case 'email':
      return <bdi className="rnoce-code">{value}</bdi>;
    case 'text':
    case 'long_text':
    case undefined:
      return <bdi>{value}</bdi>;
  }
}

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
