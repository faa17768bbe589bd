import { useMatches } from 'react-router';

const isWide = (handle: unknown): boolean =>
  typeof handle === 'object' && handle !== null && 'wide' in handle && handle.wide === true;

/** Whether the screen in view asks for the whole width: its route has `handle: { wide: true }`. */
export const useWideScreen = (): boolean => useMatches().some(({ handle }) => isWide(handle));
