/** A note at a run that is not necessarily the one on show. */
import { Modal } from '@mantine/core';
import { useWords } from '../i18n/words.ts';
import { NoteForm, type NotePlace } from '../timeline/note-form.tsx';

export type { NotePlace } from '../timeline/note-form.tsx';

/** Draws the dialog. */
export function NoteDialog({ place, onClose }: { readonly place: NotePlace; readonly onClose: () => void }) {
  const { say } = useWords();
  return (
    <Modal
      opened
      onClose={onClose}
      title={say('notes.one')}
      centered
      closeButtonProps={{ 'aria-label': say('app.close') }}
    >
      <NoteForm place={place} onAdded={onClose} />
    </Modal>
  );
}
