import { useSyncExternalStore } from 'react';

/**
 * Where the page is, by the browser's own history: the few screens of this application need no router.
 * Addresses are whole paths, `/paiement/?code=1206`.
 */
const watchers = new Set<() => void>();
let arrivals = 0;

const current = (): string => window.location.pathname + window.location.search;
const tell = (): void => {
  arrivals += 1;
  for (const watcher of watchers) watcher();
};

function subscribe(watcher: () => void): () => void {
  if (watchers.size === 0) window.addEventListener('popstate', tell);
  watchers.add(watcher);
  return () => {
    watchers.delete(watcher);
    if (watchers.size === 0) window.removeEventListener('popstate', tell);
  };
}

/** Goes to another screen; `replace` leaves no way back to this one. The screen shown next is scrolled to its top, unless `keepScroll`. */
export function navigate(to: string, options: { replace?: boolean; keepScroll?: boolean } = {}): void {
  window.history[options.replace === true ? 'replaceState' : 'pushState'](null, '', to);
  if (options.keepScroll !== true) window.scrollTo(0, 0);
  tell();
}

/** How often the person has gone to another screen: a heading that appears after that takes the focus. */
export const arrivalsSoFar = (): number => arrivals;

export function useLocation(): { path: string; query: URLSearchParams } {
  const location = useSyncExternalStore(subscribe, current);
  const [path = '', query = ''] = location.split('?');
  return { path, query: new URLSearchParams(query) };
}
