import { durationBetween, formatDateTime } from '@rnoce/i18n';
import { useT } from '@rnoce/ui/i18n';
import { useSyncExternalStore } from 'react';

const minute = 60_000;

/** The present, to the minute: what depends on it is drawn again as time goes. */
const presentMinute = (): number => Math.floor(Date.now() / minute) * minute;
function everyMinute(watcher: () => void): () => void {
  const timer = setInterval(watcher, minute / 4);
  return () => clearInterval(timer);
}
export const useNow = (): Date => new Date(useSyncExternalStore(everyMinute, presentMinute));

/** How long something has waited, « depuis 3 jours ». */
export function Age({ since }: { since: string }) {
  const t = useT();
  const { unit, count } = durationBetween(since, useNow());
  return (
    <time dateTime={since} title={formatDateTime(since)}>
      {t(`common:since.${unit}`, { count })}
    </time>
  );
}
