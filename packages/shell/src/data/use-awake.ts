import { useEffect, useState } from 'react';
import { watchAwake } from './awake.ts';

/** Whether somebody has used the page lately. */
export function useAwake(): boolean {
  const [awake, setAwake] = useState(true);
  useEffect(() => watchAwake(setAwake), []);
  return awake;
}
