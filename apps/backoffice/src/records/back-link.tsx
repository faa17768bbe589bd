import { IconChevronLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link, type To } from 'react-router';
import './records.css';

/** The way from a record back to what it is one of. */
export function BackLink({ to, children }: { to: To; children: ReactNode }) {
  return (
    <Link to={to} className="record-back">
      <IconChevronLeft className="rnoce-icon rnoce-mirror" aria-hidden /> {children}
    </Link>
  );
}
