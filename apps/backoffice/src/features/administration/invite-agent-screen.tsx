import { Button, Group } from '@mantine/core';
import { inviteAgent } from '@rnoce/api-client/agents';
import { languageNames, locales } from '@rnoce/i18n';
import { agentInvitationHours } from '@rnoce/schemas/agent-invitations';
import { InviteAgentBody } from '@rnoce/schemas/agents';
import { validate } from '@rnoce/schemas/issues';
import { useShowProblem } from '@rnoce/shell/show-problem';
import { issueResolver } from '@rnoce/ui';
import { RadioField } from '@rnoce/ui/choice-fields';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { PageTitle } from '@rnoce/ui/page-title';
import { SelectField } from '@rnoce/ui/select-field';
import { EmailField, TextField } from '@rnoce/ui/text-field';
import { useForm } from 'react-hook-form';
import { Link, useNavigate } from 'react-router';
import { forgetAdministration } from '../../api/administration-queries.ts';
import { paths } from '../../paths.ts';
import { BackLink } from '../../records/back-link.tsx';
import { isolated } from '../../records/isolated.ts';
import { useOnce } from '../../records/use-once.ts';
import { client } from '../../session/session.ts';
import { roleChoices } from './words.tsx';
import '@rnoce/ui/app-styles';

/** « Inviter un agent »: who it is, what they may do, and the language that we write to them in. */
export function Component() {
  const t = useT();
  const navigate = useNavigate();
  const showProblem = useShowProblem();
  const once = useOnce();
  // No role is chosen beforehand: what somebody may do is for the administrator to say.
  const form = useForm({
    defaultValues: { name: '', email: '', role: '', locale: 'fr' },
    shouldFocusError: false,
    resolver: issueResolver((values) => validate(InviteAgentBody, values).issues),
  });
  const invite = async (values: object) => {
    const body = InviteAgentBody.parse(values);
    try {
      const { data } = await once(body, (idempotencyKey) => inviteAgent(client, { body, idempotencyKey }));
      void forgetAdministration();
      notify(t('administration:invite.done', { email: isolated(data.email) }), 'success');
      await navigate(paths.agent(data.id), { replace: true });
    } catch (error) {
      showProblem(form, error);
    }
  };
  return (
    <>
      <BackLink to={paths.agents}>{t('administration:agent.back')}</BackLink>
      <PageTitle title={t('administration:invite.title')} />
      <div className="rnoce-card record-form">
        <p>{t('administration:invite.detail', { hours: agentInvitationHours })}</p>
        <Form form={form} onSubmit={invite} label={t('administration:invite.title')}>
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
          <Group justify="flex-end" mt="lg">
            <Button component={Link} to={paths.agents} variant="outline">
              {t('common:action.cancel')}
            </Button>
            <Button type="submit" loading={form.formState.isSubmitting}>
              {t('administration:invite.action')}
            </Button>
          </Group>
        </Form>
      </div>
    </>
  );
}
