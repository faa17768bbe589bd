import { formatDateTime } from '@rnoce/i18n';
import type { Dossier } from '@rnoce/schemas/filings';
import { useT } from '@rnoce/ui/i18n';
import { useActorName } from '../../dossiers/use-actor-name.ts';
import { useAgent } from '../../session/use-session.ts';
import { lastChangeOf } from './last-change.ts';

/** Who changed the dossier under the agent, how and when. */
export function ChangeSentence({ dossier }: { dossier: Dossier }) {
  const t = useT();
  const nameOf = useActorName();
  const change = lastChangeOf(dossier, useAgent()?.id);
  if (change.kind === 'elsewhere') return <p>{t('desk:conflict.elsewhere-detail')}</p>;
  const name = `\u2068${nameOf(change.by)}\u2069`;
  const at = formatDateTime(change.at);
  return <p>{t(`desk:conflict.${change.kind}-detail`, { name, at })}</p>;
}
