/** How long after the last sign of life a page counts as left alone, in milliseconds. */
export const awakeFor = 5 * 60_000;

const signsOfLife = ['pointerdown', 'keydown', 'wheel', 'touchmove', 'visibilitychange'] as const;

type Page = Pick<Document, 'visibilityState' | 'addEventListener'>;

/**
 * Tells whenever a page is left alone, hidden or unused for a while, and when somebody is back. What it asks by itself, again and again, must
 * stop in between: each question would prolong the session of who went away. Returns how to stop telling.
 */
export function watchAwake(tell: (awake: boolean) => void, page: Page = document): () => void {
  const isVisible = () => page.visibilityState !== 'hidden';
  let awake = isVisible();
  const set = (now: boolean) => {
    if (now === awake) return;
    awake = now;
    tell(now);
  };
  const sleep = () => set(false);
  let timer = setTimeout(sleep, awakeFor);
  const live = () => {
    clearTimeout(timer);
    timer = setTimeout(sleep, awakeFor);
    set(isVisible());
  };
  const listening = new AbortController();
  for (const sign of signsOfLife)
    page.addEventListener(sign, live, { signal: listening.signal, passive: true });
  return () => {
    clearTimeout(timer);
    listening.abort();
  };
}
