/** How things stand, always in view: live, paused, waiting, behind, on one's own, offline. */
import { useStandingGuess } from '../guesses/hooks.ts';
import { useWords, type TextKey } from '../i18n/words.ts';
import { useRoomView, useShown } from '../room/context.tsx';
import { useSpoken } from '../shell/live-region.tsx';

/** Draws the state of the connection and of the show as one sign with a word. */
export function StateChip() {
  const { say } = useWords();
  const { kind } = useRoomView((view) => view.connection);
  const shown = useShown(500);
  const guessing = useStandingGuess() !== null;
  const showing = guessing ? 'guess' : (shown?.motion ?? 'none');
  const state = kind !== 'live' ? (kind === 'ended' ? 'ended' : 'offline') : showing;
  const key: TextKey = state === 'ended' ? 'connection.ended' : `show.${state}`;
  useSpoken(say(key), false);
  return (
    <span className="chip" data-testid="connection-state" data-state={kind} data-show={state}>
      <span className="chip-sign" aria-hidden="true" />
      {say(key)}
    </span>
  );
}
