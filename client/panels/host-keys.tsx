/** The host's keys. */
import { useMay, useRoomView } from '../room/context.tsx';
import { ResetDialog, useReset } from './reset.tsx';
import { usePlayhead } from './playhead-actions.ts';
import { useKeys } from './use-keys.ts';

/** Listens for the keys of whoever may move the room. */
export function HostKeys() {
  const may = useMay('seek');
  const hasRun = useRoomView(({ state }) => state?.playhead !== null);
  const { actions } = usePlayhead();
  const reset = useReset();
  useKeys(may && hasRun ? { ' ': actions.toggle, ArrowRight: actions.step, r: reset.ask } : {});
  return <ResetDialog reset={reset} />;
}
