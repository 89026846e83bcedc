/** Whether everybody may take the report and the session along, and with names: for who leads. */
import { useWords } from '../i18n/words.ts';
import { useFacts, useRoom } from '../room/context.tsx';

/** Draws the two boxes to tick. */
export function ShareRecord() {
  const { say } = useWords();
  const room = useRoom();
  const { open, names } = useFacts().record;
  const share = (change: { readonly open?: boolean; readonly names?: boolean }): void =>
    void room.send('share-record', { open, names, ...change });
  return (
    <fieldset className="share-record">
      <legend>{say('share.record')}</legend>
      <label>
        <input
          type="checkbox"
          checked={open}
          onChange={(event) => share({ open: event.currentTarget.checked })}
          data-testid="share-record"
        />{' '}
        {say('share.record.open')}
      </label>
      <label>
        <input
          type="checkbox"
          checked={names}
          disabled={!open}
          onChange={(event) => share({ names: event.currentTarget.checked })}
        />{' '}
        {say('share.record.names')}
      </label>
    </fieldset>
  );
}
