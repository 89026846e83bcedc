/** What play, pause and step do for whoever is at the page: the host moves the room, everybody else only the own view. */
import { useStore } from 'zustand';
import { useMay, useRoom, useRoomView, useWaiting } from '../room/context.tsx';
import { planFor } from '../room/stage.ts';
import { usePlayhead } from './playhead-actions.ts';
import { lookUp, type RunId, type ShowTime } from '../../shared/protocol/state.ts';
import { useOwnPlayback } from './context.tsx';
import { limitOf, previousMeasuredStep } from './steps.ts';

export type Transport = {
  /** Whether it is the room that moves. */
  readonly leads: boolean;
  readonly playing: boolean;
  /** Whether a press is still on its way to the room. */
  readonly busy: { readonly toggle: boolean; readonly step: boolean };
  readonly showTime: ShowTime | null;
  readonly toggle: () => void;
  readonly step: (by: 1 | -1) => void;
  /** Goes to a step of the run on show, or of another one. */
  readonly seek: (step: number, run?: RunId) => void;
  readonly speed: (showTime: ShowTime) => void;
};

/** The transport of whoever is at the page. */
export function useTransport(): Transport {
  const leads = useMay('seek');
  const ofRoom = useRoomTransport();
  const own = useOwnTransport();
  return leads ? ofRoom : own;
}

function useRoomTransport(): Transport {
  const room = useRoom();
  const { playing, actions } = usePlayhead();
  const resuming = useWaiting('resume');
  const pausing = useWaiting('pause');
  const stepping = useWaiting('step');
  const showTime = useRoomView(({ state }) => state?.playhead?.showTime ?? null);
  const back = (): void => {
    const shown = room.stage.current();
    if (shown === null) return;
    const { plan, run } = shown;
    // Where the room stands still is known before it is drawn, and keys are pressed faster than that.
    const playhead = room.store.getState().state?.playhead;
    const step = playhead?.run === run.id && playhead.pace === 0 ? playhead.step : shown.step;
    void room.send('pause', { step: previousMeasuredStep(plan, step, run.origin?.step ?? 0) });
  };
  return {
    leads: true,
    playing,
    busy: { toggle: resuming || pausing, step: stepping },
    showTime,
    toggle: actions.toggle,
    step: (by) => (by === 1 ? actions.step() : back()),
    seek: (step, run) => void room.send('seek', run === undefined ? { step } : { step, run }),
    speed: actions.speed,
  };
}

function useOwnTransport(): Transport {
  const room = useRoom();
  const playback = useOwnPlayback();
  const { playing, showTime } = useStore(playback.store);
  return {
    leads: false,
    playing,
    busy: { toggle: false, step: false },
    showTime,
    toggle: playback.toggle,
    step: playback.step,
    seek(step, id) {
      const run = id === undefined ? undefined : lookUp(room.store.getState().state?.runs ?? {}, id);
      if (run === undefined) return playback.seek(step);
      playback.pause();
      room.look({ kind: 'alone', run: run.id, step: Math.min(step, limitOf(room, run.id), planFor(run).steps) });
    },
    speed: (time) => (time === 'live' ? playback.follow() : playback.speed(time)),
  };
}
