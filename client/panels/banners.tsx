/** What everybody must know at once: no connection, a room that has ended, a look of one's own, a refusal. */
import { wholeNumber } from '../i18n/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { useRoom, useRoomView, useShown } from '../room/context.tsx';
import { TroubleNote } from '../shell/trouble-note.tsx';
import { Icon } from '../shell/icons.tsx';
import { useOwnPlayback } from '../timeline/context.tsx';

/** Draws the banners that apply. */
export function Banners() {
  const { say } = useWords();
  const room = useRoom();
  const connection = useRoomView((view) => view.connection);
  const refusal = useRoomView((view) => view.refusal);
  const alone = useRoomView((view) => view.look.kind === 'alone');
  return (
    <>
      {connection.kind === 'reconnecting' && (
        <div className="banner warn" role="status" data-testid="offline-banner">
          <Icon name="offline" />
          {say(connection.slow ? 'connection.slow' : 'connection.banner')}
        </div>
      )}
      {connection.kind === 'ended' && (
        <div className="banner warn" role="status" data-testid="ended-banner">
          {say('connection.ended.banner')}
        </div>
      )}
      {refusal !== null && (
        <div className="banner">
          <TroubleNote trouble={refusal} />
          <button
            type="button"
            className="plain-button"
            onClick={room.dismissRefusal}
            aria-label={say('error.dismiss')}
          >
            <Icon name="cross" />
          </button>
        </div>
      )}
      {alone && <AloneBanner />}
    </>
  );
}

function AloneBanner() {
  const { say, language } = useWords();
  const playback = useOwnPlayback();
  const shown = useShown(500);
  const classRun = useRoomView(({ state }) => state?.runs[state.playhead?.run ?? ''] ?? null);
  if (shown === null) return null;
  const values = {
    label: shown.run.label,
    step: wholeNumber(shown.step, language),
    classStep: wholeNumber(shown.classStep, language),
    classLabel: classRun?.label ?? '',
  };
  return (
    <section className="banner alone" aria-label={say('show.alone')} data-testid="alone-banner">
      <span>{say(classRun?.id === shown.run.id ? 'alone.banner' : 'alone.banner.other', values)}</span>
      <button type="button" className="plain-button outlined" onClick={playback.follow} data-testid="return-to-class">
        {say('alone.return')}
      </button>
    </section>
  );
}
