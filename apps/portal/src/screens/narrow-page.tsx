import type { ReactNode } from 'react';
import './screens.css';

/** One card in the middle of the page, for one thing at a time: signing in, choosing a password. */
export function NarrowPage({ children }: { children: ReactNode }) {
  return <div className="portal-narrow rnoce-card">{children}</div>;
}
