/** The bar above the plots: back to the start, play or pause, next measurement, the counter, the pace, the end of a training. */
import { useWords } from '../i18n/words.ts';
import { useMay, useRoom, useRoomView, useWaiting, useYou } from '../room/context.tsx';
import type { RoomRun } from '../../shared/protocol/state.ts';
import { LeadButton } from '../follow/lead-button.tsx';
import { useShownRun } from '../panels/use-shown-run.ts';
import { Icon } from '../shell/icons.tsx';
import { ResetDialog, useReset } from './reset.tsx';
import { ShowTimes } from './show-times.tsx';
import { StepCounter } from './step-counter.tsx';
import { useTransport } from './use-transport.ts';

/** Draws the bar: the host's moves everyone, everybody else's only the own view. */
export function Controls() {
  const run = useShownRun();
  const leads = useMay('seek');
  const { role } = useYou();
  const { alone } = useRoom();
  const { say } = useWords();
  if (run === null) return null;
  return (
    <section className="controls" aria-label={say(leads ? 'controls.label' : 'controls.label.own')}>
      {role !== 'screen' && <TransportButtons />}
      {!alone && <LeadButton />}
      <StepCounter run={run} />
      {role !== 'screen' && (
        <span className="bar-wide controls-wide">
          <ShowTimes />
          {leads && <StopButton run={run} />}
        </span>
      )}
    </section>
  );
}

function TransportButtons() {
  const { say } = useWords();
  const { leads, playing, busy, toggle, step } = useTransport();
  const reset = useReset();
  const toggleName = say(leads ? (playing ? 'controls.pause' : 'controls.play') : playing ? 'own.pause' : 'own.play');
  const button = (name: 'reset' | 'step', label: string, act: () => void, waits = false) => (
    <button
      type="button"
      className="plain-button"
      onClick={act}
      aria-busy={waits}
      title={label}
      aria-label={label}
      data-testid={name}
    >
      <Icon name={name} />
    </button>
  );
  return (
    <span className="transport">
      {button('reset', say(leads ? 'controls.reset' : 'own.reset'), reset.ask)}
      <button
        type="button"
        className={leads ? 'play-button' : 'play-button own'}
        onClick={toggle}
        aria-busy={busy.toggle}
        title={toggleName}
        aria-label={toggleName}
        data-testid={playing ? 'pause' : 'play'}
      >
        <Icon name={playing ? 'pause' : 'play'} size={24} />
      </button>
      {button('step', say(leads ? 'controls.step' : 'own.step'), () => step(1), busy.step)}
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
