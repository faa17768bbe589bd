import { Button, Group } from '@mantine/core';
import { createIntegrator } from '@rnoce/api-client/integrators';
import { CreateIntegratorBody } from '@rnoce/schemas/integrators';
import { validate } from '@rnoce/schemas/issues';
import type { Authority } from '@rnoce/schemas/operator-types';
import { integratorKinds } from '@rnoce/schemas/scopes';
import { createAttempts } from '@rnoce/shell/idempotent-attempt';
import { warm } from '@rnoce/shell/query-client';
import { useShowProblem } from '@rnoce/shell/show-problem';
import { issueResolver } from '@rnoce/ui';
import { RadioField } from '@rnoce/ui/choice-fields';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { PageTitle } from '@rnoce/ui/page-title';
import { SelectField } from '@rnoce/ui/select-field';
import { TextField } from '@rnoce/ui/text-field';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { Link, useNavigate } from 'react-router';
import { forgetAdministration } from '../../api/administration-queries.ts';
import { issuersQuery } from '../../api/finance-queries.ts';
import { paths } from '../../paths.ts';
import { BackLink } from '../../records/back-link.tsx';
import { client } from '../../session/session.ts';
import { useAgent } from '../../session/use-session.ts';
import { ContactFields } from './contact-fields.tsx';
import '@rnoce/ui/app-styles';
import './integrators.css';

interface Typed {
  kind: (typeof integratorKinds)[number];
  issuer: string;
  subscriptionCode: string;
  name: string;
  email: string;
  locale: string;
}

export const loader = () => warm(issuersQuery);

/** What the API takes: of whom it is for, what the kind asks. */
function bodyOf({ kind, issuer, subscriptionCode, ...contact }: Typed, authority: Authority | undefined) {
  if (kind === 'issuer') return { kind, issuer, ...contact };
  return kind === 'authority' ? { kind, authority, ...contact } : { kind, subscriptionCode, ...contact };
}

/** « Nouvel intégrateur »: for whom its programs work, and whom we write to. */
export function Component() {
  const t = useT();
  const navigate = useNavigate();
  const agent = useAgent();
  const showProblem = useShowProblem();
  const issuers = useQuery(issuersQuery).data ?? [];
  const [attempts] = useState(() => createAttempts());
  const form = useForm<Typed>({
    defaultValues: { kind: 'issuer', issuer: '', subscriptionCode: '', name: '', email: '', locale: 'fr' },
    shouldFocusError: false,
    resolver: issueResolver(
      (values) => validate(CreateIntegratorBody, bodyOf(values, agent?.authority)).issues,
    ),
  });
  const kind = useWatch({ control: form.control, name: 'kind' });
  const create = async (values: Typed) => {
    const body = CreateIntegratorBody.parse(bodyOf(values, agent?.authority));
    try {
      const { data } = await createIntegrator(client, { body, idempotencyKey: attempts.keyFor(body) });
      attempts.end();
      void forgetAdministration();
      notify(t('integrators:new.done'), 'success');
      await navigate(paths.integrator(data.id), { replace: true });
    } catch (error) {
      attempts.end(error);
      showProblem(form, error);
    }
  };
  return (
    <>
      <BackLink to={paths.integrators}>{t('integrators:one.back')}</BackLink>
      <PageTitle title={t('integrators:new.title')} />
      <div className="rnoce-card record-form">
        <Form form={form} onSubmit={create} label={t('integrators:new.title')}>
          <RadioField
            name="kind"
            label={t('integrators:new.for')}
            required
            options={integratorKinds.map((one) => ({
              value: one,
              label: t(`integrators:kind.${one}`),
              detail: t(`integrators:kind-detail.${one}`),
            }))}
          />
          {kind === 'issuer' ? (
            <SelectField
              name="issuer"
              label={t('integrators:kind.issuer')}
              required
              placeholder={t('integrators:new.choose-issuer')}
              options={issuers
                .filter(({ active }) => active)
                .map(({ code, name }) => ({ value: code, label: name }))}
            />
          ) : null}
          {kind === 'authority' && agent ? (
            <p className="rnoce-hint">
              {t('integrators:new.authority-detail', {
                authority: t(`reference:authority.${agent.authority}`),
              })}
            </p>
          ) : null}
          {kind === 'operator' ? (
            <TextField
              name="subscriptionCode"
              label={t('integrators:new.subscription-code')}
              help={t('integrators:new.subscription-code-detail')}
              required
              code
              maxLength={20}
              autoComplete="off"
            />
          ) : null}
          <ContactFields />
          <Group justify="flex-end">
            <Button component={Link} to={paths.integrators} variant="outline">
              {t('common:action.cancel')}
            </Button>
            <Button type="submit" loading={form.formState.isSubmitting}>
              {t('integrators:new.action')}
            </Button>
          </Group>
        </Form>
      </div>
    </>
  );
}
