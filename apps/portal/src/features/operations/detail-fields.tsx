import { formatDate } from '@rnoce/i18n';
import type { CustomsRequestType } from '@rnoce/schemas/customs-account';
import { requestFieldsOf } from '@rnoce/schemas/customs-request-rules';
import type { FieldRule, FormContext } from '@rnoce/schemas/fields';
import { maxLongTextLength } from '@rnoce/schemas/primitives';
import { shownFields } from '@rnoce/schemas/sections';
import { RadioField } from '@rnoce/ui/choice-fields';
import { DateField } from '@rnoce/ui/date-field';
import { useFindMessage, useT } from '@rnoce/ui/i18n';
import { TextField } from '@rnoce/ui/text-field';
import { useFormContext, useWatch } from 'react-hook-form';
import { isolated } from '../../form-sections/isolated.ts';
import { choiceKey } from '../../subscription-summary/choice-names.ts';
import { oldestFreshDate } from './fresh-date.ts';
import type { DetailsValues } from './use-details-form.ts';

/** What an operation asks beside the form's sections: those of its fields that the rules show, or only `names`. */
export function DetailFields({
  type,
  context,
  names,
  flush,
}: {
  type: CustomsRequestType;
  context: FormContext;
  names?: readonly string[];
  flush: () => Promise<boolean>;
}) {
  const { control } = useFormContext<DetailsValues>();
  const details = useWatch({ control, name: 'details' });
  const fields = requestFieldsOf(type);
  return shownFields(fields, context, details)
    .filter((name) => names === undefined || names.includes(name))
    .map((name) => (
      <DetailField
        key={name}
        name={name}
        rule={fields[name]}
        today={context.today}
        onCommit={() => queueMicrotask(() => void flush())}
      />
    ));
}

function DetailField({
  name,
  rule,
  today,
  onCommit,
}: {
  name: string;
  rule: FieldRule | undefined;
  today: string;
  onCommit: () => void;
}) {
  const t = useT();
  const find = useFindMessage();
  const shared = {
    name: `details.${name}`,
    label: find(`reference:operation.${name}`) ?? name,
    required: rule?.required,
    onCommit,
  };
  switch (rule?.kind) {
    case 'date': {
      const oldest = oldestFreshDate(today);
      return (
        <DateField
          {...shared}
          min={oldest}
          max={today}
          help={t('operations:help.trade-register-date', { oldest: isolated(formatDate(oldest)) })}
        />
      );
    }
    case 'choice':
      return (
        <RadioField
          {...shared}
          options={(rule.options ?? []).map((value) => {
            const key = choiceKey(name, value);
            const detail = find(`operations:choice.${name}.${value}`);
            return { value, label: key ? t(key) : value, ...(detail === undefined ? {} : { detail }) };
          })}
        />
      );
    // Operations ask nothing of another kind; a kind that they begin to ask stands here.
    case 'text':
    case 'identifier':
    case 'phone':
    case 'email':
    case 'list':
    case 'boolean':
    case 'manager':
    case 'long_text':
    case undefined:
      return (
        <TextField
          {...shared}
          rows={4}
          maxLength={maxLongTextLength}
          help={find(`operations:help.${name}`)}
        />
      );
  }
}
