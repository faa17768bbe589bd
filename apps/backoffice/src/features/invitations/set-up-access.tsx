import { formatDateTime } from '@rnoce/i18n';
import { keepEmail } from '@rnoce/shell/credentials-form';
import { useT } from '@rnoce/ui/i18n';
import { useNavigate } from 'react-router';
import { paths } from '../../paths.ts';
import { Facts } from '../../records/facts.tsx';
import { sessionStore } from '../../session/session-store.ts';
import { AccessForm } from './access-form.tsx';
import type { Invited } from './invitation-query.ts';
import { forgetToken } from './link-token.ts';
import { OtherAgentNotice } from './other-agent-notice.tsx';

/** An invitation that can be used: who it is for, then the three steps. */
export function SetUpAccess({
  token,
  invited,
  expiresAt,
  onDead,
  onReady,
}: {
  token: string;
  invited: Invited;
  expiresAt: string;
  /** The link can't be used any more. */
  onDead: () => void;
  /** The access is ready, and somebody else is signed in in this browser. */
  onReady: () => void;
}) {
  const t = useT();
  const navigate = useNavigate();
  return (
    <>
      <p>{t('invitation:detail')}</p>
      <Facts
        facts={[
          [t('invitation:name'), <bdi key="name">{invited.name}</bdi>],
          [t('backoffice:sign-in.email'), <bdi key="email">{invited.email}</bdi>],
          [t('invitation:authority'), t(`reference:authority.${invited.authority}`)],
        ]}
      />
      <p className="rnoce-hint">{t('invitation:until', { at: formatDateTime(expiresAt) })}</p>
      <OtherAgentNotice token={token} email={invited.email} />
      <AccessForm
        token={token}
        invited={invited}
        onDead={onDead}
        onDone={async () => {
          forgetToken();
          // The sign-in leads on whoever is signed in: they leave first.
          if (sessionStore.principal()) onReady();
          else {
            keepEmail(invited.email);
            await navigate(paths.accessReady, { replace: true });
          }
        }}
      />
    </>
  );
}
