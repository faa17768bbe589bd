import { languageNames, locales } from '@rnoce/i18n';
import { useT } from '@rnoce/ui/i18n';
import { SelectField } from '@rnoce/ui/select-field';
import { TextField } from '@rnoce/ui/text-field';

/** What an integrator is called, and whom we write to. */
export function ContactFields() {
  const t = useT();
  return (
    <>
      <TextField
        name="name"
        label={t('integrators:new.name')}
        help={t('integrators:new.name-detail')}
        required
        maxLength={100}
        autoComplete="off"
      />
      <TextField
        name="email"
        type="email"
        label={t('integrators:one.email')}
        help={t('integrators:new.email-detail')}
        required
        maxLength={254}
        autoComplete="off"
      />
      <SelectField
        name="locale"
        label={t('integrators:one.locale')}
        required
        options={locales.map((locale) => ({ value: locale, label: languageNames[locale] }))}
      />
    </>
  );
}
