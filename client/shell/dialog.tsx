/** A dialog in the middle of the page, with a name and a cross. */
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../i18n/words.ts';

type Props = {
  readonly opened: boolean;
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** Draws the dialog while it is open. */
export function Dialog({ opened, title, onClose, children }: Props) {
  const { say } = useWords();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      centered
      closeButtonProps={{ 'aria-label': say('app.close') }}
    >
      {children}
    </Modal>
  );
}
