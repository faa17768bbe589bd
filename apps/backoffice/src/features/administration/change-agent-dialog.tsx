import { changeAgent } from '@rnoce/api-client/agents';
import { languageNames, locales } from '@rnoce/i18n';
import { ChangeAgentBody, type ManagedAgent } from '@rnoce/schemas/agents';
import { validate } from '@rnoce/schemas/issues';
import { issueResolver } from '@rnoce/ui';
import { RadioField } from '@rnoce/ui/choice-fields';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { SelectField } from '@rnoce/ui/select-field';
import { TextField } from '@rnoce/ui/text-field';
import { useForm } from 'react-hook-form';
import { forgetAdministration } from '../../api/administration-queries.ts';
import { FormDialog } from '../../records/form-dialog.tsx';
import { client } from '../../session/session.ts';
import { sessionStore } from '../../session/session-store.ts';
import { useAgent } from '../../session/use-session.ts';
import { roleChoices } from './words.tsx';

/** The name, the role and the language; the role of oneself is another administrator's to change. */
export function ChangeAgentDialog({
  agent: { id, name, role, locale },
  own,
  onClose,
}: {
  agent: ManagedAgent;
  own: boolean;
  onClose: () => void;
}) {
  const t = useT();
  const self = useAgent();
  const form = useForm<{ name: string; role?: string; locale: string }>({
    defaultValues: { name, locale, ...(own ? {} : { role }) },
    shouldFocusError: false,
    resolver: issueResolver((values) => validate(ChangeAgentBody, values).issues),
  });
  const change = async (values: object) => {
    const { data } = await changeAgent(client, { params: { id }, body: ChangeAgentBody.parse(values) });
    // The bar says who is signed in.
    if (own && self) sessionStore.setPrincipal({ ...self, name: data.name, locale: data.locale });
    notify(t('administration:agent.changed'), 'success');
    onClose();
  };
  return (
    <FormDialog
      form={form}
      title={t('administration:agent.change-title')}
      action={t('common:action.save')}
      forget={forgetAdministration}
      onSubmit={change}
      onClose={onClose}
    >
      <TextField
        name="name"
        label={t('administration:agent.name')}
        help={t('administration:agent.name-detail')}
        required
        maxLength={120}
        autoComplete="off"
      />
      {own ? (
        <p className="rnoce-hint">
          {t('administration:agent.own-role', { role: t(`reference:agent-role.${role}`) })}
        </p>
      ) : (
        <RadioField
          name="role"
          label={t('administration:agent.role')}
          help={t('administration:agent.role-now')}
          required
          options={roleChoices(t)}
        />
      )}
      <SelectField
        name="locale"
        label={t('administration:agent.locale')}
        required
        options={locales.map((one) => ({ value: one, label: languageNames[one] }))}
      />
    </FormDialog>
  );
}
