import { Button } from '@mantine/core';
import { agentInvitationHours } from '@rnoce/schemas/agent-invitations';
import { useT } from '@rnoce/ui/i18n';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import type { DeadState } from './invitation-query.ts';

/** A link that has expired, has served or is not known: what it means, and the way on. */
export function DeadLink({ state }: { state: DeadState }) {
  const t = useT();
  return (
    <>
      <p>{t(`invitation:${state}.detail`, { hours: agentInvitationHours })}</p>
      <p>{t('invitation:dead.ask')}</p>
      <Button component={Link} to={paths.signIn} mt="sm">
        {t('invitation:dead.sign-in')}
      </Button>
    </>
  );
}
