/** What everybody must know at once: no connection, a room that has ended, a look of one's own, a refusal. */
import { useWords } from '../i18n/words.ts';
import { RehearsalBanner } from '../ready/rehearsal-banner.tsx';
import { useRoom, useRoomView } from '../room/context.tsx';
import { SoloNote } from '../solo/solo-note.tsx';
import { TroubleNote } from '../shell/trouble-note.tsx';
import { WaitingBanner } from '../people/waiting-banner.tsx';
import { FollowBanners } from '../follow/follow-banners.tsx';
import { Icon } from '../shell/icons.tsx';

/** Draws the banners that apply. */
export function Banners() {
  const { say } = useWords();
  const room = useRoom();
  const connection = useRoomView((view) => view.connection);
  const waiting = useRoomView((view) => Object.keys(view.waiting).length);
  const refusal = useRoomView((view) => view.refusal);
  return (
    <>
      {room.alone ? <SoloNote /> : <RehearsalBanner />}
      {connection.kind === 'reconnecting' && (
        <div className="banner warn" role="status" data-testid="offline-banner">
          <Icon name="offline" />
          {say(connection.slow ? 'connection.slow' : 'connection.banner')}
          {waiting > 0 && ` ${say('connection.waiting', { count: waiting })}`}
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
      {!room.alone && (
        <>
          <WaitingBanner />
          <FollowBanners />
        </>
      )}
    </>
  );
}
