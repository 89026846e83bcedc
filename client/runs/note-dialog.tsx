/** A note at a run that is not necessarily the one on show. */
import { useWords } from '../i18n/words.ts';
import { Dialog } from '../shell/dialog.tsx';
import { NoteForm, type NotePlace } from '../timeline/note-form.tsx';

export type { NotePlace } from '../timeline/note-form.tsx';

/** Draws the dialog. */
export function NoteDialog({ place, onClose }: { readonly place: NotePlace; readonly onClose: () => void }) {
  const { say } = useWords();
  return (
    <Dialog opened onClose={onClose} title={say('notes.one')}>
      <NoteForm place={place} onAdded={onClose} />
    </Dialog>
  );
}
