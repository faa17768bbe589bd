import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { useSyncExternalStore } from 'react';

function watch(watcher: () => void): () => void {
  window.addEventListener('online', watcher);
  window.addEventListener('offline', watcher);
  return () => {
    window.removeEventListener('online', watcher);
    window.removeEventListener('offline', watcher);
  };
}

/** Says that the network is gone, for as long as it is. */
export function OfflineBanner({ detail }: { detail: string }) {
  const t = useT();
  const online = useSyncExternalStore(watch, () => navigator.onLine);
  return (
    <output className="rnoce-offline rnoce-no-print">
      {online ? null : (
        <Notice tone="warning" title={t('shell:offline.title')}>
          <p>{detail}</p>
        </Notice>
      )}
    </output>
  );
}
