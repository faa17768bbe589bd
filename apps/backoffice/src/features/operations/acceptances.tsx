import { formatDateTime } from '@rnoce/i18n';
import type { CustomsRequestDossier } from '@rnoce/schemas/customs-requests';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { useActorName } from '../../dossiers/use-actor-name.ts';
import { useAgent } from '../../session/use-session.ts';

/** Whether this agent is one of those who accepted the request. */
export const acceptedBy = (
  { endorsements }: Pick<CustomsRequestDossier, 'endorsements'>,
  agentId: string | undefined,
): boolean => endorsements.some((one) => one.agentId === agentId);

/** How many acceptances a request still needs before it takes effect. */
export const acceptancesLeft = ({
  agentsNeeded,
  endorsements,
}: Pick<CustomsRequestDossier, 'agentsNeeded' | 'endorsements'>): number =>
  Math.max(agentsNeeded - endorsements.length, 0);

/** Where two agents are needed: who accepted so far, and what is awaited. */
export function Acceptances({ dossier }: { dossier: CustomsRequestDossier }) {
  const t = useT();
  const nameOf = useActorName();
  const agent = useAgent();
  const { status, agentsNeeded, endorsements } = dossier;
  if (status !== 'in_review' || agentsNeeded < 2) return null;
  return (
    <Notice
      tone="info"
      title={t('operations-desk:acceptances.title', { given: endorsements.length, needed: agentsNeeded })}
    >
      {endorsements.map(({ agentId, agentName, at }) => (
        <p key={at}>
          {t('operations-desk:acceptances.by', {
            name: `\u2068${nameOf({ actor: agentId === null ? 'integrator' : 'agent', actorName: agentName })}\u2069`,
            at: `\u2066${formatDateTime(at)}\u2069`,
          })}
        </p>
      ))}
      <p>
        {acceptedBy(dossier, agent?.id)
          ? t('operations-desk:acceptances.other-needed')
          : endorsements.length > 0
            ? t('operations-desk:acceptances.yours-decides')
            : t('operations-desk:acceptances.first')}
      </p>
    </Notice>
  );
}
