import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleMinus,
  IconCircleX,
  IconClockHour4,
  IconInfoCircle,
  IconPencil,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import './status.css';

/** `draft` and `neutral` look alike but for their icon: what is still written, and what is over or doesn't count. */
export type Tone = 'draft' | 'neutral' | 'info' | 'success' | 'warning' | 'danger';

const icons = {
  draft: IconPencil,
  neutral: IconCircleMinus,
  info: IconClockHour4,
  success: IconCircleCheck,
  warning: IconAlertTriangle,
  danger: IconCircleX,
} as const satisfies Record<Tone, typeof IconPencil>;

/** A status: icon and word, never colour alone. */
export function StatusBadge({
  tone,
  icon: Icon = icons[tone],
  children,
}: {
  tone: Tone;
  icon?: typeof IconPencil | undefined;
  children: ReactNode;
}) {
  return (
    <span className="rnoce-badge" data-tone={tone === 'draft' ? 'neutral' : tone}>
      <Icon className="rnoce-icon" aria-hidden />
      {children}
    </span>
  );
}

/** A message in the page. `live` announces it when it appears: « polite » for news, « assertive » for what stops the person. */
export function Notice({
  tone,
  title,
  live,
  children,
}: {
  tone: Exclude<Tone, 'draft' | 'neutral'>;
  title?: string;
  live?: 'polite' | 'assertive';
  children?: ReactNode;
}) {
  const Icon = tone === 'info' ? IconInfoCircle : icons[tone];
  const role = live === undefined ? undefined : live === 'assertive' ? 'alert' : 'status';
  return (
    <div className="rnoce-notice" data-tone={tone} role={role}>
      <Icon className="rnoce-icon" aria-hidden />
      <div>
        {title === undefined ? null : <p className="rnoce-notice-title">{title}</p>}
        {children}
      </div>
    </div>
  );
}
