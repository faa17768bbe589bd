import type { FieldRule } from '@rnoce/schemas/fields';
import { normaliseIdentifier } from '@rnoce/schemas/identifiers';
import { type Section, sectionRule } from '@rnoce/schemas/sections';
import { CheckboxField } from '@rnoce/ui/choice-fields';
import { DateField } from '@rnoce/ui/date-field';
import { useFindMessage, useT } from '@rnoce/ui/i18n';
import { IdentifierField } from '@rnoce/ui/identifier-field';
import { SearchSelectField } from '@rnoce/ui/search-select-field';
import { SelectField } from '@rnoce/ui/select-field';
import { TextField } from '@rnoce/ui/text-field';
import { PhoneField } from '../forms/phone-field.tsx';
import { RibField } from '../forms/rib-field.tsx';
import { choiceKey } from '../subscription-summary/choice-names.ts';
import { useElementLabel } from '../subscription-summary/element-label.ts';
import { FixedField } from './fixed-field.tsx';
import { useFormFrame } from './form-frame.ts';
import { ManagerChoice } from './manager-choice.tsx';
import { RefusalsAt } from './refusals-at.tsx';

/** Browsers can fill these in: they are the company's own. */
const autoComplete: Readonly<Record<string, string>> = {
  legalName: 'organization',
  address: 'street-address',
  phone: 'tel',
  email: 'email',
};

/** Identifiers with letters: a phone shows its whole keyboard. */
const lettered: readonly string[] = ['idNumber', 'cin'];

interface FieldForProps {
  readonly section: Section;
  readonly field: string;
  /** Path in the form's values. */
  readonly name: string;
  /** Path in the whole form, as the agents' reasons name it. */
  readonly element: string;
  readonly warning?: string | undefined;
  /** Can't be typed here, for a reason that `help` tells. */
  readonly readOnly?: boolean;
}

/** The control of one field, chosen by its rule; the same for every section. */
export function FieldFor({ section, field, name, element, warning, readOnly: fixed = false }: FieldForProps) {
  const t = useT();
  const find = useFindMessage();
  const labelOf = useElementLabel();
  const { flush, lists, refusals } = useFormFrame();
  const { fields, labels } = sectionRule(section);
  const rule: FieldRule | undefined = fields[field];
  const label = find(`reference:${labels}.${field}`) ?? field;
  const readOnly = fixed || rule?.fixed === true;
  const help = find(`wizard:help.${labels}.${field}`);
  const refused = refusals.some((refusal) => refusal.element === element);
  const shared = {
    name,
    label,
    summaryLabel: labelOf(element),
    required: rule?.required,
    readOnly,
    help:
      help === undefined && !refused ? undefined : (
        <>
          {help}
          <RefusalsAt element={element} refusals={refusals} />
        </>
      ),
    warning,
    // The form hears of the value after the control's own event.
    onCommit: () => queueMicrotask(() => void flush()),
  };
  const filledBy = section === 'company' ? autoComplete[field] : 'off';
  const filled = filledBy === undefined ? {} : { autoComplete: filledBy };
  switch (rule?.kind) {
    case 'text':
      return <TextField {...shared} {...filled} />;
    case 'long_text':
      return <TextField {...shared} rows={2} {...filled} />;
    case 'email':
      return <TextField {...shared} type="email" inputMode="email" {...filled} />;
    case 'identifier':
      return field === 'rib' ? (
        <RibField {...shared} />
      ) : (
        <IdentifierField
          {...shared}
          normalise={normaliseIdentifier}
          inputMode={lettered.includes(field) ? 'text' : 'numeric'}
        />
      );
    case 'phone':
      return <PhoneField {...shared} />;
    case 'date':
      return <DateField {...shared} />;
    case 'boolean':
      return <CheckboxField {...shared} />;
    case 'list':
      return <SearchSelectField {...shared} options={(rule.list && lists[rule.list]) ?? []} />;
    case 'choice': {
      const options = (rule.options ?? []).flatMap((value) => {
        const key = choiceKey(field, value);
        return key ? [{ value, label: t(key) }] : [];
      });
      if (readOnly) return <FixedField name={name} label={label} options={options} help={shared.help} />;
      return <SelectField {...shared} options={options} placeholder={t('wizard:choose')} />;
    }
    case 'manager':
      return <ManagerChoice {...shared} />;
    case undefined:
      return null;
  }
}
