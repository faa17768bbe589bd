import { RadioField } from '@rnoce/ui/choice-fields';
import type { FieldProps } from '@rnoce/ui/field';
import { useFindMessage, useT } from '@rnoce/ui/i18n';
import { Link } from 'react-router';
import { useFormFrame } from './form-frame.ts';
import { isolated } from './isolated.ts';
import { itemName } from './list-screens.ts';
import { isTold } from './section-values.ts';

/** One of the form's managers, each with the paper that tells them apart; a manager who is changed is shown as changed. */
export function ManagerChoice(props: FieldProps) {
  const t = useT();
  const find = useFindMessage();
  const { sections, managersPath } = useFormFrame();
  const { managers } = sections;
  const options = managers.flatMap((manager, index) => {
    if (!manager.key || !isTold(manager)) return [];
    const name = itemName(manager);
    const paper = [
      find(`reference:id-type.${manager.idType ?? ''}`),
      manager.idNumber && isolated(manager.idNumber),
    ];
    const detail = paper.filter(Boolean).join(' ');
    return [
      {
        value: manager.key,
        label: name === '' ? t('portal:summary.manager', { number: index + 1 }) : name,
        ...(detail === '' ? {} : { detail }),
      },
    ];
  });
  if (options.length === 0) {
    return (
      <p>
        {t('wizard:legalRepresentative.none')}{' '}
        <Link to={managersPath} data-field={props.name} data-label={props.label}>
          {t('wizard:legalRepresentative.to-managers')}
        </Link>
      </p>
    );
  }
  return <RadioField {...props} options={options} />;
}
