/** The playback of one's own, for the components of a page. */
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { lookUp } from '../../shared/protocol/state.ts';
import { useRoom } from '../room/context.tsx';
import type { RoomClient } from '../room/room-client.ts';
import { planFor } from '../room/stage.ts';
import { createOwnPlayback, type OwnPlayback, type Place } from './own-playback.ts';
import { limitOf } from './steps.ts';

const PlaybackContext = createContext<OwnPlayback | null>(null);

/** Gives the room's panels one playback between them. */
export function PlaybackProvider({ children }: { readonly children: ReactNode }) {
  const room = useRoom();
  const [playback] = useState(() => playbackIn(room));
  useEffect(() => playback.pause, [playback]);
  return <PlaybackContext value={playback}>{children}</PlaybackContext>;
}

/** The playback of one's own of this page. */
export function useOwnPlayback(): OwnPlayback {
  const playback = useContext(PlaybackContext);
  if (playback === null) throw new Error('invariant violation: a timeline outside of a playback');
  return playback;
}

function playbackIn(room: RoomClient): OwnPlayback {
  return createOwnPlayback({
    place: () => placeIn(room),
    look: room.look,
    now: () => performance.now(),
    onFrame(draw) {
      const frame = requestAnimationFrame(draw);
      return () => cancelAnimationFrame(frame);
    },
  });
}

/** Where the page looks at this moment, also between two pictures of the stage. */
function placeIn(room: RoomClient): Place | null {
  const { look, state } = room.store.getState();
  const shown = room.stage.current();
  const run = lookUp(state?.runs ?? {}, look.kind === 'class' ? (shown?.run.id ?? '') : look.run);
  if (run === undefined || shown === null) return null;
  return {
    run: run.id,
    step: look.kind === 'class' ? shown.step : look.step,
    plan: planFor(run),
    begin: run.origin?.step ?? 0,
    limit: limitOf(room, run.id),
    alone: look.kind === 'alone',
    withClass: shown.classRun === run.id,
  };
}
