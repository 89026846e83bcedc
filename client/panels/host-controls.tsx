/** The host's bar: back to the start, play or pause, next measurement, the counter, the pace, the end of a training. */
import { useWords } from '../i18n/words.ts';
import { useMay, useRoom, useRoomView, useWaiting } from '../room/context.tsx';
import type { RoomRun } from '../../shared/protocol/state.ts';
import { Icon } from '../shell/icons.tsx';
import { usePlayhead } from './playhead-actions.ts';
import { ResetDialog, useReset } from './reset.tsx';
import { ShowTimes } from './show-times.tsx';
import { StepCounter } from './step-counter.tsx';
import { useShownRun } from './use-shown-run.ts';

/** Draws the bar for the host; for others only where the class is. */
export function HostControls() {
  const may = useMay('seek');
  const run = useShownRun();
  const { say } = useWords();
  if (run === null) return null;
  return (
    <section className="controls" aria-label={say('controls.label')}>
      {may && <Transport />}
      <StepCounter run={run} />
      {may && (
        <span className="bar-wide controls-wide">
          <ShowTimes />
          <StopButton run={run} />
        </span>
      )}
    </section>
  );
}

function Transport() {
  const { say } = useWords();
  const { playing, actions } = usePlayhead();
  const reset = useReset();
  const resuming = useWaiting('resume');
  const pausing = useWaiting('pause');
  const stepping = useWaiting('step');
  return (
    <span className="transport">
      <button
        type="button"
        className="plain-button"
        onClick={reset.ask}
        title={say('controls.reset')}
        aria-label={say('controls.reset')}
        data-testid="reset"
      >
        <Icon name="reset" />
      </button>
      <button
        type="button"
        className="play-button"
        onClick={actions.toggle}
        aria-busy={resuming || pausing}
        title={say(playing ? 'controls.pause' : 'controls.play')}
        aria-label={say(playing ? 'controls.pause' : 'controls.play')}
        data-testid={playing ? 'pause' : 'play'}
      >
        <Icon name={playing ? 'pause' : 'play'} size={24} />
      </button>
      <button
        type="button"
        className="plain-button"
        onClick={actions.step}
        aria-busy={stepping}
        title={say('controls.step')}
        aria-label={say('controls.step')}
        data-testid="step"
      >
        <Icon name="step" />
      </button>
      <ResetDialog reset={reset} />
    </span>
  );
}

/** Ends the training of the run on show, while it is under way. */
export function StopButton({ run }: { readonly run: RoomRun }) {
  const { say } = useWords();
  const room = useRoom();
  const sending = useWaiting('stop', run.id);
  const kind = useRoomView(({ state }) => state?.runs[run.id]?.status.kind ?? run.status.kind);
  if (kind !== 'live' && kind !== 'stopping') return null;
  const stopping = kind === 'stopping' || sending;
  return (
    <button
      type="button"
      className="plain-button outlined"
      disabled={stopping}
      onClick={() => void room.send('stop', { run: run.id })}
      data-testid="stop"
    >
      <Icon name="stop" size={16} />
      {say(stopping ? 'controls.stop.waiting' : 'controls.stop')}
    </button>
  );
}
