import { useEffect } from 'react';
import type { UploadStore } from './upload-store.ts';

/** Asks before the page is closed while a file is on its way: what is typed is safe, a file isn't. */
export function useUploadGuard(uploads: UploadStore): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (Object.values(uploads.snapshot()).some(({ kind }) => kind !== 'failed')) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [uploads]);
}
