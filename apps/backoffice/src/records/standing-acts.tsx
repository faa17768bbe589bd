import { Button } from '@mantine/core';
import { ConfirmDialog } from '@rnoce/ui/confirm-dialog';
import { notify } from '@rnoce/ui/notifications';
import { IconPencil, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { forgetAdministration } from '../api/administration-queries.ts';
import { Fault } from './fault.tsx';
import { useAct } from './use-act.ts';

/** Changes who works with us, stops them after a question, lets them work again. */
export function StandingActs({
  active,
  words,
  renderDialog,
  setActive,
  children,
}: {
  active: boolean;
  /** What the buttons say, what the question asks, and what is said once it is done. */
  words: Readonly<
    Record<'change' | 'suspend' | 'restore' | 'suspendTitle' | 'suspended' | 'restored', string>
  >;
  /** The dialog in which it is changed. */
  renderDialog: (onClose: () => void) => ReactNode;
  setActive: (wanted: boolean) => Promise<unknown>;
  /** What stopping them means. */
  children: ReactNode;
}) {
  const { busy, fault, run } = useAct(forgetAdministration);
  const [open, setOpen] = useState<'change' | 'suspend'>();
  const close = () => setOpen(undefined);
  const become = (wanted: boolean) =>
    run(async () => {
      try {
        await setActive(wanted);
        notify(wanted ? words.restored : words.suspended, 'success');
      } finally {
        close();
      }
    });
  return (
    <>
      <Fault text={fault} />
      <div className="record-actions">
        <Button
          size="sm"
          variant="outline"
          leftSection={<IconPencil className="rnoce-icon" aria-hidden />}
          onClick={() => setOpen('change')}
        >
          {words.change}
        </Button>
        {active ? (
          <Button
            size="sm"
            variant="outline"
            color="red"
            leftSection={<IconPlayerPause className="rnoce-icon" aria-hidden />}
            onClick={() => setOpen('suspend')}
          >
            {words.suspend}
          </Button>
        ) : (
          <Button
            size="sm"
            variant="outline"
            loading={busy}
            leftSection={<IconPlayerPlay className="rnoce-icon rnoce-mirror" aria-hidden />}
            onClick={() => void become(true)}
          >
            {words.restore}
          </Button>
        )}
      </div>
      {open === 'change' ? renderDialog(close) : null}
      <ConfirmDialog
        opened={open === 'suspend'}
        title={words.suspendTitle}
        confirmLabel={words.suspend}
        danger
        busy={busy}
        onConfirm={() => void become(false)}
        onCancel={close}
      >
        {children}
      </ConfirmDialog>
    </>
  );
}
