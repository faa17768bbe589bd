import { Button } from '@mantine/core';
import { agentInvitationHours } from '@rnoce/schemas/agent-invitations';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import type { DeadLink } from './invitation-query.ts';

/** A link that has expired, has served or is not known: what it means, and the way on. */
export function DeadLinkPage({ state }: { state: DeadLink }) {
  const t = useT();
  return (
    <>
      <PageTitle title={t(`invitation:${state}.title`)} />
      <p>{t(`invitation:${state}.detail`, { hours: agentInvitationHours })}</p>
      <p>{t('invitation:dead.ask')}</p>
      <Button component={Link} to={paths.signIn} mt="sm">
        {t('invitation:dead.sign-in')}
      </Button>
    </>
  );
}
