import { Button } from '@mantine/core';
import { choosePassword, getPasswordLink, renewPasswordLink } from '@rnoce/api-client/accounts';
import { ApiError } from '@rnoce/api-client/api-error';
import { judgeNewPassword, type NewPassword } from '@rnoce/shell/new-password';
import { NewPasswordFields } from '@rnoce/shell/new-password-fields';
import { warm } from '@rnoce/shell/query-client';
import { QueryState } from '@rnoce/shell/query-state';
import { useShowProblem } from '@rnoce/shell/show-problem';
import { issueResolver } from '@rnoce/ui';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { NarrowPage } from '@rnoce/ui/narrow-page';
import { PageTitle } from '@rnoce/ui/page-title';
import { useErrorSentence } from '@rnoce/ui/states';
import { Notice } from '@rnoce/ui/status-badge';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import { configurationQuery } from '../../api/queries.ts';
import { paths } from '../../paths.ts';
import { client } from '../../session/session.ts';
import { usePasswordRule } from './use-password-rule.ts';

export const loader = () => warm(configurationQuery);

/** Whether the link can be used; it travels in a body, never in an address. */
const linkQuery = (token: string) =>
  queryOptions({
    queryKey: ['password-link', token],
    staleTime: 0,
    gcTime: 0,
    queryFn: async ({ signal }): Promise<LinkState> => {
      try {
        return (await getPasswordLink(client, { body: { token }, signal })).data.state;
      } catch (error) {
        if (error instanceof ApiError && (error.code === 'link_unknown' || error.code === 'validation'))
          return 'unknown';
        throw error;
      }
    },
  });
type LinkState = 'valid' | 'expired' | 'used' | 'unknown';

const tokenIn = (state: unknown): string | undefined =>
  typeof state === 'object' && state !== null && 'token' in state && typeof state.token === 'string'
    ? state.token
    : undefined;

/**
 * Where the link of an e-mail leads: to choose a password. The secret is taken out of the address at once, into the history
 * entry, so that no Referer, log or shared screen shows it, and a reload keeps it.
 */
export function Component() {
  const { token } = useParams();
  const navigate = useNavigate();
  const kept = tokenIn(useLocation().state);
  useEffect(() => {
    if (token !== undefined)
      void navigate('/registre/creer-mot-de-passe', { replace: true, state: { token } });
  }, [token, navigate]);
  if (token !== undefined) return null;
  return (
    <NarrowPage>
      {kept === undefined ? <UnusableLink state="unknown" /> : <LinkPage token={kept} />}
    </NarrowPage>
  );
}

function LinkPage({ token }: { token: string }) {
  const query = useQuery(linkQuery(token));
  return (
    <QueryState query={query}>
      {(state) =>
        state === 'valid' ? (
          <PasswordForm token={token} onDead={() => void query.refetch()} />
        ) : (
          <UnusableLink state={state} token={token} />
        )
      }
    </QueryState>
  );
}

function PasswordForm({ token, onDead }: { token: string; onDead: () => void }) {
  const t = useT();
  const navigate = useNavigate();
  const showProblem = useShowProblem();
  const rule = usePasswordRule();
  const form = useForm<NewPassword>({
    resolver: issueResolver((values) => judgeNewPassword(values)),
    shouldFocusError: false,
    defaultValues: { password: '', confirmation: '' },
  });
  return (
    <>
      <PageTitle title={t('portal:choose-password.title')} />
      <Form
        form={form}
        label={t('portal:choose-password.title')}
        onSubmit={async ({ password }) => {
          try {
            await choosePassword(client, { body: { token, password } });
            await navigate(`${paths.signIn}?motif=mot-de-passe`, { replace: true });
          } catch (error) {
            if (error instanceof ApiError && error.code.startsWith('link_')) onDead();
            else showProblem(form, error);
          }
        }}
      >
        <NewPasswordFields
          passwordLabel={t('portal:choose-password.password')}
          confirmationLabel={t('portal:choose-password.confirmation')}
          rule={rule}
          owner="company"
        />
        <Button type="submit" fullWidth loading={form.formState.isSubmitting}>
          {t('common:action.confirm')}
        </Button>
      </Form>
      <div className="rnoce-narrow-links">
        <Link to={paths.signIn}>{t('portal:accounts.back-to-sign-in')}</Link>
      </div>
    </>
  );
}

/** A link that has expired, has served or is not known: why, and the way on. */
function UnusableLink({ state, token }: { state: Exclude<LinkState, 'valid'>; token?: string }) {
  const t = useT();
  const sentence = useErrorSentence();
  const [renewal, setRenewal] = useState<'idle' | 'busy' | 'sent'>('idle');
  const [error, setError] = useState<unknown>();
  return (
    <>
      <PageTitle title={t(`portal:choose-password.${state}-title`)} />
      {renewal === 'sent' ? (
        <Notice tone="success" live="polite">
          <p>{t('portal:choose-password.renewed')}</p>
        </Notice>
      ) : (
        <p>{t(`portal:choose-password.${state}-detail`)}</p>
      )}
      {error === undefined ? null : (
        <Notice tone="danger" live="assertive">
          <p>{sentence(error)}</p>
        </Notice>
      )}
      {state === 'expired' && token !== undefined && renewal !== 'sent' ? (
        <Button
          fullWidth
          loading={renewal === 'busy'}
          onClick={async () => {
            setRenewal('busy');
            setError(undefined);
            try {
              await renewPasswordLink(client, { body: { token } });
              setRenewal('sent');
            } catch (failure) {
              setError(failure);
              setRenewal('idle');
            }
          }}
        >
          {t('portal:choose-password.renew')}
        </Button>
      ) : null}
      <div className="rnoce-narrow-links">
        <Link to={paths.signIn}>{t('shell:sign-in.action')}</Link>
        {state === 'expired' ? null : (
          <Link to={paths.forgottenPassword}>{t('portal:choose-password.ask-again')}</Link>
        )}
      </div>
    </>
  );
}
