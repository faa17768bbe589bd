import type { HistoryEntry } from '@rnoce/schemas/filings';
import { useT } from '@rnoce/ui/i18n';

/** Who did something, in words: a person's name; a partner's system as such, with its name. */
export function useActorName(): (by: Pick<HistoryEntry, 'actor' | 'actorName'>) => string {
  const t = useT();
  return ({ actor, actorName }) => {
    if (actorName === null) return t(`reference:actor.${actor}`);
    return actor === 'integrator'
      ? t('reference:actor-system', { name: `\u2068${actorName}\u2069` })
      : actorName;
  };
}
