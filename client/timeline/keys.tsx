/** The keys of the timeline: the host's move the room, everybody else's only the own view. */
import { useRoomView, useYou } from '../room/context.tsx';
import { useFollower } from '../follow/context.tsx';
import { useKeys } from '../panels/use-keys.ts';
import { ResetDialog, useReset } from './reset.tsx';
import { useTransport } from './use-transport.ts';

/** Listens for the keys while there is a run. */
export function TimelineKeys() {
  const hasRun = useRoomView(({ state }) => state?.playhead !== null);
  const { role } = useYou();
  const { toggle, step } = useTransport();
  const { back } = useFollower();
  const reset = useReset();
  const moves = { ' ': toggle, ArrowRight: () => step(1), ArrowLeft: () => step(-1), r: reset.ask };
  useKeys(!hasRun || role === 'screen' ? {} : { ...moves, f: back });
  return <ResetDialog reset={reset} />;
}
