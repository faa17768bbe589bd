import type { ReactNode } from 'react';

/** One card in the middle of the page, for one thing at a time: signing in, choosing a password. */
export function NarrowPage({ children }: { children: ReactNode }) {
  return <div className="rnoce-narrow rnoce-card">{children}</div>;
}
