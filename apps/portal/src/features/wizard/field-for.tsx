import { type CompanyField, companyFields } from '@rnoce/schemas/company';
import type { FieldRule } from '@rnoce/schemas/fields';
import { normaliseIdentifier } from '@rnoce/schemas/identifiers';
import { type ManagerField, managerFields } from '@rnoce/schemas/managers';
import { CheckboxField } from '@rnoce/ui/choice-fields';
import { DateField } from '@rnoce/ui/date-field';
import { useFindMessage, useT } from '@rnoce/ui/i18n';
import { IdentifierField } from '@rnoce/ui/identifier-field';
import { SearchSelectField } from '@rnoce/ui/search-select-field';
import { SelectField } from '@rnoce/ui/select-field';
import { TextField } from '@rnoce/ui/text-field';
import { PhoneField } from '../../forms/phone-field.tsx';
import { choiceKey } from '../../subscription-summary/choice-names.ts';
import { useElementLabel } from '../../subscription-summary/element-label.ts';
import { FixedField } from './fixed-field.tsx';
import { RefusalsAt } from './refusals.tsx';
import { useWizard } from './wizard-context.ts';

/** Browsers can fill these in. */
const autoComplete = {
  legalName: 'organization',
  address: 'street-address',
  phone: 'tel',
  email: 'email',
} as const;

interface Place {
  /** Path in the form's values. */
  readonly name: string;
  /** Path in the whole form, as the agents' reasons name it. */
  readonly element: string;
}

type FieldForProps = Place & {
  readonly warning?: string | undefined;
  /** Can't be typed here, for a reason that `help` tells. */
  readonly readOnly?: boolean;
} & (
    | { readonly section: 'company'; readonly field: CompanyField }
    | { readonly section: 'manager'; readonly field: ManagerField }
  );

/** The control of one field, chosen by its rule; the same for every section. */
export function FieldFor(props: FieldForProps) {
  const t = useT();
  const find = useFindMessage();
  const labelOf = useElementLabel();
  const { store, lists, refusals } = useWizard();
  const { section, field, name, element, warning } = props;
  const rule: FieldRule = section === 'company' ? companyFields[field] : managerFields[field];
  const label = t(section === 'company' ? `reference:company.${field}` : `reference:manager.${field}`);
  const readOnly = props.readOnly === true || rule.fixed === true;
  const help = find(`wizard:help.${section}.${field}`);
  const refused = refusals.some((refusal) => refusal.element === element);
  const shared = {
    name,
    label,
    summaryLabel: labelOf(element),
    required: rule.required,
    readOnly,
    help:
      help === undefined && !refused ? undefined : (
        <>
          {help}
          <RefusalsAt element={element} />
        </>
      ),
    warning,
    // The form hears of the value after the control's own event.
    onCommit: () => queueMicrotask(() => void store.flush()),
  };
  const filledBy = section === 'company' ? autoComplete[field as keyof typeof autoComplete] : 'off';
  switch (rule.kind) {
    case 'text':
      return <TextField {...shared} {...(filledBy ? { autoComplete: filledBy } : {})} />;
    case 'long_text':
      return <TextField {...shared} rows={2} {...(filledBy ? { autoComplete: filledBy } : {})} />;
    case 'email':
      return <TextField {...shared} type="email" inputMode="email" autoComplete="email" />;
    case 'identifier':
      return (
        <IdentifierField
          {...shared}
          normalise={normaliseIdentifier}
          inputMode={section === 'company' ? 'numeric' : 'text'}
        />
      );
    case 'phone':
      return <PhoneField {...shared} />;
    case 'date':
      return <DateField {...shared} />;
    case 'boolean':
      return <CheckboxField {...shared} />;
    case 'list': {
      const options = rule.list && rule.list !== 'banks' ? lists[rule.list] : [];
      return <SearchSelectField {...shared} options={options} />;
    }
    case 'choice': {
      const options = (rule.options ?? []).flatMap((value) => {
        const key = choiceKey(field, value);
        return key ? [{ value, label: t(key) }] : [];
      });
      if (readOnly) return <FixedField name={name} label={label} options={options} help={shared.help} />;
      return <SelectField {...shared} options={options} placeholder={t('wizard:choose')} />;
    }
  }
}
