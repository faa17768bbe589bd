import { Button, Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useT } from './i18n.tsx';
import './app-styles.tsx';

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
    <Modal
      opened={opened}
      onClose={onCancel}
      title={title}
      centered
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      {children}
      <Group justify="flex-end" mt="lg">
        <Button variant="outline" onClick={onCancel}>
          {cancelLabel ?? t('common:action.cancel')}
        </Button>
        <Button color={danger ? 'red' : 'teal'} loading={busy} onClick={onConfirm}>
          {confirmLabel}
        </Button>
      </Group>
    </Modal>
  );
}
