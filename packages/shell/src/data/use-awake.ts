import { useEffect, useState } from 'react';

/** How long after the last sign of life a page counts as left alone, in milliseconds. */
const awakeFor = 5 * 60_000;

const signsOfLife = ['pointerdown', 'keydown', 'wheel', 'touchmove', 'visibilitychange'] as const;

/**
 * Whether somebody has used the page lately. What a page asks by itself, again and again, must stop when it is left alone: each
 * question would prolong the session of who went away.
 */
export function useAwake(): boolean {
  const [awake, setAwake] = useState(true);
  useEffect(() => {
    const sleep = () => setAwake(false);
    let timer = setTimeout(sleep, awakeFor);
    const live = () => {
      clearTimeout(timer);
      timer = setTimeout(sleep, awakeFor);
      setAwake(true);
    };
    const listening = new AbortController();
    for (const sign of signsOfLife)
      document.addEventListener(sign, live, { signal: listening.signal, passive: true });
    return () => {
      clearTimeout(timer);
      listening.abort();
    };
  }, []);
  return awake;
}
