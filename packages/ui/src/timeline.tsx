import { IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import './timeline.css';

export interface TimelineEntry {
  readonly id: string;
  readonly label: ReactNode;
  /** Already formatted. */
  readonly when?: string | undefined;
  /** By whom, where it matters to the reader. */
  readonly by?: string | undefined;
  /** `over`: it ended without coming to anything. */
  readonly state: 'done' | 'current' | 'todo' | 'refused' | 'over';
  readonly detail?: ReactNode;
}

const marks = {
  done: <IconCheck />,
  current: null,
  todo: null,
  refused: <IconX />,
  over: <IconMinus />,
} as const satisfies Record<TimelineEntry['state'], ReactNode>;

/** What happened and what comes, in order. */
export function Timeline({ entries, label }: { entries: readonly TimelineEntry[]; label: string }) {
  return (
    <ol className="rnoce-timeline" aria-label={label}>
      {entries.map(({ id, label: text, when, by, state, detail }) => (
        <li key={id} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
          <span className="rnoce-timeline-mark" aria-hidden>
            {marks[state]}
          </span>
          <div>
            <strong>{text}</strong>
            {when === undefined ? null : <bdi className="rnoce-timeline-when rnoce-tabular">{when}</bdi>}
            {by === undefined ? null : <span className="rnoce-timeline-when">{by}</span>}
            {detail}
          </div>
        </li>
      ))}
    </ol>
  );
}
