import { Button, Group } from '@mantine/core';
import { createIssuer } from '@rnoce/api-client/issuers';
import { CreateIssuerBody } from '@rnoce/schemas/issuers';
import { validate } from '@rnoce/schemas/issues';
import { useShowProblem } from '@rnoce/shell/show-problem';
import { issueResolver } from '@rnoce/ui';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { PageTitle } from '@rnoce/ui/page-title';
import { TextField } from '@rnoce/ui/text-field';
import { useForm } from 'react-hook-form';
import { Link, useNavigate } from 'react-router';
import { forgetAdministration } from '../../api/administration-queries.ts';
import { paths } from '../../paths.ts';
import { BackLink } from '../../records/back-link.tsx';
import { useOnce } from '../../records/use-once.ts';
import { client } from '../../session/session.ts';
import '@rnoce/ui/app-styles';

/** « Nouvel émetteur »: its code, once for all, and the name that payers read. */
export function Component() {
  const t = useT();
  const navigate = useNavigate();
  const showProblem = useShowProblem();
  const once = useOnce();
  const form = useForm({
    defaultValues: { code: '', name: '' },
    shouldFocusError: false,
    resolver: issueResolver((values) =>
      validate(CreateIssuerBody, values).issues.map((issue) =>
        issue.pointer === '/code' && issue.code === 'invalid'
          ? { ...issue, code: t('administration:issuer.code-rule') }
          : issue,
      ),
    ),
  });
  const create = async (values: object) => {
    const body = CreateIssuerBody.parse(values);
    try {
      const { data } = await once(body, (idempotencyKey) => createIssuer(client, { body, idempotencyKey }));
      void forgetAdministration();
      notify(t('administration:new-issuer.done'), 'success');
      await navigate(paths.issuer(data.code), { replace: true });
    } catch (error) {
      showProblem(form, error);
    }
  };
  return (
    <>
      <BackLink to={paths.issuers}>{t('administration:issuer.back')}</BackLink>
      <PageTitle title={t('administration:new-issuer.title')} />
      <div className="rnoce-card record-form">
        <Form form={form} onSubmit={create} label={t('administration:new-issuer.title')}>
          <TextField
            name="code"
            label={t('administration:issuer.code')}
            help={t('administration:issuer.code-detail')}
            required
            code
            maxLength={30}
            autoComplete="off"
          />
          <TextField
            name="name"
            label={t('administration:issuer.name')}
            help={t('administration:issuer.name-detail')}
            required
            maxLength={120}
            autoComplete="off"
          />
          <Group justify="flex-end" mt="lg">
            <Button component={Link} to={paths.issuers} variant="outline">
              {t('common:action.cancel')}
            </Button>
            <Button type="submit" loading={form.formState.isSubmitting}>
              {t('administration:new-issuer.action')}
            </Button>
          </Group>
        </Form>
      </div>
    </>
  );
}
