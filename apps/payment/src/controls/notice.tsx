import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

export type Tone = 'info' | 'success' | 'warning' | 'danger' | 'neutral';

const icons = {
  info: 'info',
  success: 'circle-check',
  warning: 'alert-triangle',
  danger: 'alert-circle',
  neutral: 'clock',
} as const satisfies Record<Tone, IconName>;

interface NoticeProps {
  readonly tone: Tone;
  readonly icon?: IconName;
  readonly title?: string;
  /** `alert` for what answers an act of the person and must be heard at once. */
  readonly role?: 'alert' | 'status';
  readonly children?: ReactNode;
}

/** Something to know before going on; its tone is an icon and words too, never colour alone. */
export function Notice({ tone, icon, title, role, children }: NoticeProps) {
  return (
    <div className={`notice ${tone}`} role={role}>
      <Icon name={icon ?? icons[tone]} />
      <div>
        {title === undefined ? null : <p className="notice-title">{title}</p>}
        {children}
      </div>
    </div>
  );
}
