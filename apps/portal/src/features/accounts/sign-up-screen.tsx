import { Button } from '@mantine/core';
import { signUp } from '@rnoce/api-client/accounts';
import { ApiError } from '@rnoce/api-client/api-error';
import { SignUpBody } from '@rnoce/schemas/accounts';
import { warm } from '@rnoce/shell/query-client';
import { useShowProblem } from '@rnoce/shell/show-problem';
import { Form } from '@rnoce/ui/form';
import { useLocale, useT } from '@rnoce/ui/i18n';
import { NarrowPage } from '@rnoce/ui/narrow-page';
import { PageTitle } from '@rnoce/ui/page-title';
import { Notice } from '@rnoce/ui/status-badge';
import { EmailField, TextField } from '@rnoce/ui/text-field';
import { useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import { Link } from 'react-router';
import { configurationQuery } from '../../api/queries.ts';
import { schemaResolver } from '../../forms/schema-resolver.ts';
import { paths } from '../../paths.ts';
import { client } from '../../session/session.ts';
import { Captcha, type CaptchaHandle } from './captcha.tsx';
import { AccountPhoneField, AddressField } from './contact-fields.tsx';

export const loader = () => warm(configurationQuery);

interface Values {
  legalName: string;
  address: string;
  email: string;
  phone: string;
}

const resolver = schemaResolver<Values>(SignUpBody.omit({ captcha: true, locale: true }));

/** « Nouvelle Inscription », then where the link was sent. */
export function Component() {
  const t = useT();
  const [sentTo, setSentTo] = useState<string>();
  return (
    <NarrowPage>
      {sentTo === undefined ? (
        <>
          <PageTitle title={t('portal:sign-up.title')} />
          <SignUpForm onSent={setSentTo} />
        </>
      ) : (
        <>
          <PageTitle key="sent" title={t('portal:sign-up.sent-title')} />
          <Notice tone="success">
            <p>{t('portal:sign-up.sent', { email: `\u2066${sentTo}\u2069` })}</p>
          </Notice>
          <p>{t('portal:sign-up.sent-next')}</p>
          <p>{t('portal:email.not-received')}</p>
        </>
      )}
      <div className="rnoce-narrow-links">
        <Link to={paths.signIn}>{t('portal:accounts.back-to-sign-in')}</Link>
      </div>
    </NarrowPage>
  );
}

function SignUpForm({ onSent }: { onSent: (email: string) => void }) {
  const t = useT();
  const { locale } = useLocale();
  const showProblem = useShowProblem();
  const captcha = useRef<CaptchaHandle>(null);
  const [started, setStarted] = useState(false);
  const form = useForm<Values>({
    resolver,
    shouldFocusError: false,
    defaultValues: { legalName: '', address: '', email: '', phone: '' },
  });

  async function send(values: Values, triesLeft: number): Promise<void> {
    const solution = await captcha.current?.solve();
    if (solution === undefined) {
      form.setError('root', { type: 'captcha', message: t('portal:captcha.failed') });
      return;
    }
    try {
      const { data } = await signUp(client, { body: { ...values, captcha: solution, locale } });
      onSent(data.email);
    } catch (error) {
      captcha.current?.renew();
      // A solution that has grown old while the form was filled in is not the person's fault: a new one, once.
      if (error instanceof ApiError && error.code === 'captcha_failed' && triesLeft > 0) {
        await send(values, triesLeft - 1);
        return;
      }
      if (error instanceof ApiError && error.code === 'email_in_use')
        form.setError('email', { type: 'email_in_use', message: error.problem?.detail ?? error.message });
      else showProblem(form, error);
    }
  }

  return (
    <div onInput={() => setStarted(true)}>
      <Form
        form={form}
        label={t('portal:sign-up.title')}
        onSubmit={async (values) => {
          setStarted(true);
          await send(values, 1);
        }}
      >
        <TextField<Values>
          name="legalName"
          label={t('portal:sign-up.legal-name')}
          required
          autoComplete="organization"
          maxLength={255}
        />
        <AddressField />
        <EmailField<Values>
          name="email"
          label={t('portal:sign-up.email')}
          help={t('portal:sign-up.email-help')}
          required
        />
        <AccountPhoneField />
        <Captcha handle={captcha} started={started} />
        <Button type="submit" fullWidth loading={form.formState.isSubmitting}>
          {t('portal:sign-up.action')}
        </Button>
      </Form>
    </div>
  );
}
