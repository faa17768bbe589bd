import type { Configuration } from '@rnoce/schemas';
import { useEffect, useState } from 'react';
import { readConfiguration } from './payment-api.ts';

let known: Configuration | undefined;
let asked: Promise<Configuration> | undefined;

/** What this installation is like, asked once: it doesn't change while a page is open. Throws `ApiError`; the next caller asks again. */
export async function configuration(): Promise<Configuration> {
  asked ??= readConfiguration();
  try {
    known = await asked;
    return known;
  } catch (error) {
    asked = undefined;
    throw error;
  }
}

/** What is known of the installation; undefined until it is, and while it can't be asked. */
export function useConfiguration(): Configuration | undefined {
  const [read, setRead] = useState(known);
  useEffect(() => {
    let left = false;
    configuration()
      .then((answer) => {
        if (!left) setRead(answer);
      })
      // What it is for has its own words in the meantime.
      .catch(() => undefined);
    return () => {
      left = true;
    };
  }, []);
  return read;
}

/** What is known now, without asking. */
export const knownConfiguration = (): Configuration | undefined => known;
