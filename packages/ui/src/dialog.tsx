import { Modal, type ModalProps } from '@mantine/core';
import { useLayoutEffect } from 'react';
import { useT } from './i18n.tsx';
import './app-styles.tsx';

type Passed =
  | 'title'
  | 'children'
  | 'onClose'
  | 'size'
  | 'fullScreen'
  | 'centered'
  | 'closeOnClickOutside'
  | 'closeOnEscape'
  | 'withCloseButton';

/**
 * A dialog over the page, the only one that the applications use: what had the focus when it opened has it again when it closes, unless
 * the focus was led elsewhere meanwhile or what had it is gone. Its buttons stand in `.rnoce-dialog-actions`, which stays in view.
 */
export function Dialog({
  opened = true,
  ...props
}: Pick<ModalProps, Passed> & {
  /** Left out by what is drawn only while it is open. */
  opened?: boolean;
}) {
  const t = useT();
  // Mantine remembers the opener of a dialog that opens after it was drawn, and forgets that of one drawn open.
  useLayoutEffect(() => {
    if (!opened) return;
    let opener: Element | null = null;
    // Where it opens in the place of another one, that one first gives the focus back.
    queueMicrotask(() => {
      opener = document.activeElement;
    });
    return () => {
      const last = document.activeElement;
      // Once what closes has left the page.
      queueMicrotask(() => {
        const now = document.activeElement;
        const lost = now === null || now === document.body || now === last;
        if (lost && opener instanceof HTMLElement && opener.isConnected)
          opener.focus({ preventScroll: true });
      });
    };
  }, [opened]);
  return (
    <Modal
      {...props}
      opened={opened}
      returnFocus={false}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    />
  );
}
