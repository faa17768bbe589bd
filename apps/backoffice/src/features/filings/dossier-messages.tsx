import { may } from '@rnoce/schemas/agent-rights';
import type { Dossier } from '@rnoce/schemas/filings';
import { FilingMessages } from '@rnoce/shell/filing-messages';
import { useT } from '@rnoce/ui/i18n';
import { useQueryClient } from '@tanstack/react-query';
import { dossierQuery, forgetQueue } from '../../api/queries.ts';
import { client } from '../../session/session.ts';
import { useAgent } from '../../session/use-session.ts';

/** Where the dossier's messages are. */
export const messagesHeading = 'messages';

/** What the agents of the authority and the operator write to each other about the dossier. */
export function DossierMessages({ dossier }: { dossier: Dossier }) {
  const t = useT();
  const queries = useQueryClient();
  const agent = useAgent();
  const { id, account, authority } = dossier;
  if (!agent) return null;
  const writes = may(agent, 'decideFilings');
  return (
    <section className="rnoce-card" aria-labelledby={messagesHeading}>
      <h2 id={messagesHeading} tabIndex={-1}>
        {t('desk:messages.title')}
      </h2>
      {writes ? <p className="rnoce-hint">{t('desk:messages.hint')}</p> : null}
      <FilingMessages
        client={client}
        filing={id}
        side="agent"
        reader={agent.id}
        label={t('desk:messages.thread', { name: dossier.legalName })}
        authorOf={({ author, authorName }) =>
          author === 'operator' ? account.legalName : (authorName ?? t(`reference:authority.${authority}`))
        }
        empty={<p>{t('desk:messages.empty')}</p>}
        closed={t('desk:messages.closed')}
        readOnly={writes ? undefined : t('desk:messages.read-only')}
        onRead={() => {
          void queries.invalidateQueries(dossierQuery(id));
          void forgetQueue();
        }}
      />
    </section>
  );
}
