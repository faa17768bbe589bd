import { inviteAgent } from '@rnoce/api-client/agents';
import { languageNames, locales } from '@rnoce/i18n';
import { agentInvitationHours } from '@rnoce/schemas/agent-invitations';
import { InviteAgentBody } from '@rnoce/schemas/agents';
import { validate } from '@rnoce/schemas/issues';
import { issueResolver } from '@rnoce/ui';
import { RadioField } from '@rnoce/ui/choice-fields';
import { useT } from '@rnoce/ui/i18n';
import { SelectField } from '@rnoce/ui/select-field';
import { EmailField, TextField } from '@rnoce/ui/text-field';
import { useForm } from 'react-hook-form';
import { paths } from '../../paths.ts';
import { isolated } from '../../records/isolated.ts';
import { NewRecord } from '../../records/new-record.tsx';
import type { Once } from '../../records/use-once.ts';
import { client } from '../../session/session.ts';
import { roleChoices } from './words.tsx';

/** « Inviter un agent »: who it is, what they may do, and the language that we write to them in. */
export function Component() {
  const t = useT();
  // No role is chosen beforehand: what somebody may do is for the administrator to say.
  const form = useForm({
    defaultValues: { name: '', email: '', role: '', locale: 'fr' },
    shouldFocusError: false,
    resolver: issueResolver((values) => validate(InviteAgentBody, values).issues),
  });
  const invite = async (values: object, once: Once) => {
    const body = InviteAgentBody.parse(values);
    const { data } = await once(body, (idempotencyKey) => inviteAgent(client, { body, idempotencyKey }));
    return {
      to: paths.agent(data.id),
      told: t('administration:invite.done', { email: isolated(data.email) }),
    };
  };
  return (
    <NewRecord
      form={form}
      back={{ to: paths.agents, label: t('administration:agent.back') }}
      title={t('administration:invite.title')}
      action={t('administration:invite.action')}
      before={<p>{t('administration:invite.detail', { hours: agentInvitationHours })}</p>}
      make={invite}
    >
      <TextField
        name="name"
        label={t('administration:agent.name')}
        help={t('administration:agent.name-detail')}
        required
        maxLength={120}
        autoComplete="off"
      />
      <EmailField
        name="email"
        label={t('administration:agent.email')}
        help={t('administration:agent.email-detail')}
        required
      />
      <RadioField name="role" label={t('administration:agent.role')} required options={roleChoices(t)} />
      <SelectField
        name="locale"
        label={t('administration:agent.locale')}
        required
        options={locales.map((locale) => ({ value: locale, label: languageNames[locale] }))}
      />
    </NewRecord>
  );
}
