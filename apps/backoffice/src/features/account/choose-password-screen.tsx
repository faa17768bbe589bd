import { useT } from '@rnoce/ui/i18n';
import { NarrowPage } from '@rnoce/ui/narrow-page';
import { notify } from '@rnoce/ui/notifications';
import { PageTitle } from '@rnoce/ui/page-title';
import { useNavigate } from 'react-router';
import { paths } from '../../paths.ts';
import { sessionStore } from '../../session/session-store.ts';
import { useAgent } from '../../session/use-session.ts';
import { PasswordForm } from './password-form.tsx';

/** The first sign-in: a password of one's own in the place of the one that was given. Nothing else opens before. */
export function Component() {
  const t = useT();
  const agent = useAgent();
  const navigate = useNavigate();
  if (!agent) return null;
  return (
    <NarrowPage>
      <PageTitle title={t('desk:choose-password.title')} />
      <p>{t('desk:choose-password.detail')}</p>
      <PasswordForm
        agent={agent}
        currentLabel={t('desk:choose-password.given')}
        onChanged={(data) => {
          sessionStore.setPrincipal(data);
          notify(t('desk:account.done'), 'success');
          void navigate(paths.queue, { replace: true });
        }}
      />
    </NarrowPage>
  );
}
