import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconClockHour4,
  IconInfoCircle,
  IconPencil,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import './status.css';

export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';

const icons = {
  neutral: IconPencil,
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
  icon?: typeof IconPencil;
  children: ReactNode;
}) {
  return (
    <span className="rnoce-badge" data-tone={tone}>
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
  tone: Exclude<Tone, 'neutral'>;
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
