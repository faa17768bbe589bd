import { Button, Group } from '@mantine/core';
import { ApiError } from '@rnoce/api-client/api-error';
import { formatDateTime } from '@rnoce/i18n';
import type { EndSessionsBody, OpenSessions as Sessions } from '@rnoce/schemas/sessions';
import { issueResolver } from '@rnoce/ui';
import { Dialog } from '@rnoce/ui/dialog';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { PasswordField } from '@rnoce/ui/password-field';
import { Notice, StatusBadge } from '@rnoce/ui/status-badge';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { QueryState } from '../data/query-state.tsx';
import { filled } from '../forms/filled.ts';
import { useShowProblem } from '../forms/show-problem.ts';
import { deviceName } from './device-name.ts';
import type { openSessionsQuery } from './open-sessions-query.ts';
import './open-sessions.css';

type Session = Sessions['items'][number];

/** « Appareils connectés »: where somebody is signed in, and the way to sign out there; the password is asked again. */
export function OpenSessions({
  query,
  end,
}: {
  query: ReturnType<typeof openSessionsQuery>;
  /** Ends one session, or without `id` all but this one. Throws `ApiError`. */
  end: (body: EndSessionsBody) => Promise<unknown>;
}) {
  const t = useT();
  const sessions = useQuery(query);
  /** What is about to be ended: one session, or all the others. */
  const [asked, setAsked] = useState<Session | 'others'>();
  const [told, setTold] = useState('');
  const nameOf = ({ userAgent }: Session) => deviceName(userAgent) ?? t('shell:devices.unknown');
  return (
    <section className="rnoce-card rnoce-devices" aria-labelledby="devices-title">
      <h2 id="devices-title">{t('shell:devices.title')}</h2>
      <p>{t('shell:devices.detail')}</p>
      <div aria-live="polite">
        {told === '' ? null : (
          <Notice tone="success">
            <p>{told}</p>
          </Notice>
        )}
      </div>
      <QueryState query={sessions} lines={1}>
        {({ items }) => (
          <>
            <ul className="rnoce-device-list">
              {items.map((session) => (
                <li key={session.id}>
                  <div>
                    <strong>
                      <bdi>{nameOf(session)}</bdi>
                    </strong>
                    {session.current ? (
                      <StatusBadge tone="success">{t('shell:devices.here')}</StatusBadge>
                    ) : null}
                    <p className="rnoce-hint">
                      {t('shell:devices.since', { at: formatDateTime(session.createdAt) })}
                      {session.current ? null : (
                        <>
                          <br />
                          {t('shell:devices.last-used', { at: formatDateTime(session.lastUsedAt) })}
                        </>
                      )}
                    </p>
                  </div>
                  {session.current ? null : (
                    <Button
                      variant="outline"
                      size="sm"
                      aria-label={t('common:labelled', {
                        label: t('shell:devices.end'),
                        value: nameOf(session),
                      })}
                      onClick={() => setAsked(session)}
                    >
                      {t('shell:devices.end')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
            {items.length > 2 ? (
              <Button variant="outline" onClick={() => setAsked('others')}>
                {t('shell:devices.end-others')}
              </Button>
            ) : null}
          </>
        )}
      </QueryState>
      <Dialog
        opened={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={
          asked === undefined || asked === 'others'
            ? t('shell:devices.end-others')
            : t('common:labelled', { label: t('shell:devices.end'), value: nameOf(asked) })
        }
        centered
      >
        <PasswordAgain
          onCancel={() => setAsked(undefined)}
          send={async (currentPassword) => {
            const all = asked === 'others' || asked === undefined;
            try {
              await end({ currentPassword, ...(all ? {} : { id: asked.id }) });
            } catch (error) {
              // It has ended by itself meanwhile, which is what was wanted.
              if (!(error instanceof ApiError && error.code === 'not_found')) throw error;
            }
            setAsked(undefined);
            setTold(t(all ? 'shell:devices.ended-others' : 'shell:devices.ended'));
            await sessions.refetch();
          }}
        />
      </Dialog>
    </section>
  );
}

interface Values {
  currentPassword: string;
}

const resolver = issueResolver<Values>(filled('currentPassword'));

/** The password once more, before a session is ended. */
function PasswordAgain({
  send,
  onCancel,
}: {
  /** Throws `ApiError`. */
  send: (password: string) => Promise<void>;
  onCancel: () => void;
}) {
  const t = useT();
  const showProblem = useShowProblem();
  const form = useForm<Values>({
    resolver,
    shouldFocusError: false,
    reValidateMode: 'onSubmit',
    defaultValues: { currentPassword: '' },
  });
  return (
    <Form
      form={form}
      label={t('shell:devices.confirm')}
      onSubmit={async ({ currentPassword }) => {
        try {
          await send(currentPassword);
        } catch (error) {
          form.setValue('currentPassword', '');
          if (error instanceof ApiError && error.code === 'password_wrong')
            form.setError('currentPassword', {
              type: 'password_wrong',
              message: error.problem?.detail ?? error.message,
            });
          else showProblem(form, error);
        }
      }}
    >
      <p>{t('shell:devices.confirm')}</p>
      <PasswordField<Values>
        name="currentPassword"
        label={t('shell:sign-in.password')}
        required
        autoComplete="current-password"
      />
      <Group justify="flex-end">
        <Button variant="outline" onClick={onCancel}>
          {t('common:action.cancel')}
        </Button>
        <Button type="submit" loading={form.formState.isSubmitting}>
          {t('shell:devices.end')}
        </Button>
      </Group>
    </Form>
  );
}
