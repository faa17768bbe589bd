import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { SaveState, type SaveStatus } from './save-state.tsx';
import './form-foot.css';

/** What the main button of a form does. Blocked, it stays reachable, and pressing it leads to what blocks it. */
export interface FootAction {
  readonly label: string;
  /** Why it does nothing yet; said beside it. */
  readonly blockedBy?: string | undefined;
  readonly busy?: boolean | undefined;
  readonly onPress: () => void;
}

/** The foot of a long form, which stays in view: the way back, whether all is saved, and the way on with what it lacks. */
export function FormFoot({
  saveStatus,
  start,
  next: { label, blockedBy, busy, onPress },
}: {
  saveStatus: SaveStatus;
  start: ReactNode;
  next: FootAction;
}) {
  const id = useId();
  const blocked = blockedBy !== undefined;
  return (
    <div className="rnoce-form-foot rnoce-no-print">
      <div className="rnoce-form-foot-inner">
        {start}
        <div className="rnoce-form-state">
          <SaveState status={saveStatus} />
          {blocked ? (
            <span id={id} className="rnoce-form-missing">
              {blockedBy}
            </span>
          ) : null}
        </div>
        <Button
          aria-disabled={blocked || busy === true || undefined}
          aria-describedby={blocked ? id : undefined}
          data-blocked={blocked || undefined}
          className="rnoce-form-next"
          onClick={() => {
            if (busy !== true) onPress();
          }}
          rightSection={<IconArrowRight className="rnoce-icon rnoce-mirror" aria-hidden />}
        >
          {label}
        </Button>
      </div>
    </div>
  );
}
