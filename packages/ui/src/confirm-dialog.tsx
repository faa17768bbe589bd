import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { Dialog } from './dialog.tsx';
import { useT } from './i18n.tsx';

/** For what can't be undone only: says what will happen, and names the act on its button. */
export function ConfirmDialog({
  opened,
  title,
  children,
  confirmLabel,
  cancelLabel,
  danger = false,
  busy = false,
  onConfirm,
  onCancel,
}: {
  opened: boolean;
  title: string;
  children: ReactNode;
  confirmLabel: string;
  /** Where « Annuler » could be taken for the act itself. */
  cancelLabel?: string;
  danger?: boolean;
  busy?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}) {
  const t = useT();
  return (
    <Dialog opened={opened} onClose={onCancel} title={title} centered>
      {children}
      <Group justify="flex-end" className="rnoce-dialog-actions">
        <Button variant="outline" onClick={onCancel}>
          {cancelLabel ?? t('common:action.cancel')}
        </Button>
        <Button color={danger ? 'red' : 'teal'} loading={busy} onClick={onConfirm}>
          {confirmLabel}
        </Button>
      </Group>
    </Dialog>
  );
}
