import type { ReactNode } from 'react';
import './link-tabs.css';

/** Links side by side, of which the one marked `aria-current` is where the reader is. */
export function LinkTabs({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav className="rnoce-tabs" aria-label={label}>
      {children}
    </nav>
  );
}
