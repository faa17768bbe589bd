import { Button } from '@mantine/core';
import { requestPasswordReset } from '@rnoce/api-client/accounts';
import { requestPasswordReset as route } from '@rnoce/schemas/accounts';
import { useShowProblem } from '@rnoce/shell/show-problem';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { NarrowPage } from '@rnoce/ui/narrow-page';
import { PageTitle } from '@rnoce/ui/page-title';
import { Notice } from '@rnoce/ui/status-badge';
import { EmailField } from '@rnoce/ui/text-field';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Link } from 'react-router';
import { schemaResolver } from '../../forms/schema-resolver.ts';
import { paths } from '../../paths.ts';
import { client } from '../../session/session.ts';

interface Values {
  email: string;
}

const resolver = schemaResolver<Values>(route.body);

/** « Mot de passe oublié »: the answer is the same whether the address has an account or not. */
export function Component() {
  const t = useT();
  const showProblem = useShowProblem();
  const [sent, setSent] = useState(false);
  const form = useForm<Values>({ resolver, shouldFocusError: false, defaultValues: { email: '' } });
  return (
    <NarrowPage>
      <PageTitle key={String(sent)} title={t('portal:forgotten.title')} />
      {sent ? (
        <>
          <Notice tone="success">
            <p>{t('portal:forgotten.sent')}</p>
          </Notice>
          <p>{t('portal:email.not-received')}</p>
        </>
      ) : (
        <Form
          form={form}
          label={t('portal:forgotten.title')}
          onSubmit={async (values) => {
            try {
              await requestPasswordReset(client, { body: values });
              setSent(true);
            } catch (error) {
              showProblem(form, error);
            }
          }}
        >
          <p>{t('portal:forgotten.detail')}</p>
          <EmailField<Values>
            name="email"
            label={t('portal:sign-in.email')}
            required
            autoComplete="username"
          />
          <Button type="submit" fullWidth loading={form.formState.isSubmitting}>
            {t('portal:forgotten.action')}
          </Button>
        </Form>
      )}
      <div className="rnoce-narrow-links">
        <Link to={paths.signIn}>{t('portal:accounts.back-to-sign-in')}</Link>
      </div>
    </NarrowPage>
  );
}
