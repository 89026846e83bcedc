/**
 * Playing again on one's own: the steps of a run that the class has seen already, at a speed of one's own, without moving
 * anybody else. Who catches up with the class is with the class again.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Plan } from '../../shared/core/plan.ts';
import type { RunId, ShowTime } from '../../shared/protocol/state.ts';
import type { Look } from '../room/stage.ts';
import { nextStep, previousMeasuredStep } from './steps.ts';

/** Where the page is looking. */
export type Place = {
  readonly run: RunId;
  readonly step: number;
  readonly plan: Plan;
  /** Where the run begins: 0, or for a fork its step. */
  readonly begin: number;
  /** The furthest step that may be seen. */
  readonly limit: number;
  readonly alone: boolean;
  /** Whether the class is looking at this run. */
  readonly withClass: boolean;
};

export type OwnTime = Exclude<ShowTime, 'live'>;

export type OwnPlaybackInputs = {
  readonly place: () => Place | null;
  readonly look: (look: Look) => void;
  /** A steady clock, in ms. */
  readonly now: () => number;
  /** Calls back before the next picture; returns how to call it off. */
  readonly onFrame: (draw: () => void) => () => void;
};

export type OwnPlayback = {
  readonly store: StoreApi<{ readonly playing: boolean; readonly showTime: OwnTime }>;
  /** Plays from where one looks, from the beginning where that is the end; pauses where it plays. */
  toggle(): void;
  pause(): void;
  /** Stands still at the next measurement, or at the one before. */
  step(by: 1 | -1): void;
  seek(step: number): void;
  speed(showTime: OwnTime): void;
  /** Back to what the class sees. */
  follow(): void;
};

/** Builds the playback of a page. */
export function createOwnPlayback({ place, look, now, onFrame }: OwnPlaybackInputs): OwnPlayback {
  const store = createStore<{ readonly playing: boolean; readonly showTime: OwnTime }>(() => ({
    playing: false,
    showTime: 20,
  }));
  let callOff: (() => void) | null = null;
  /** From where and since when it plays. */
  let since = { run: '', step: 0, at: 0 };

  const pause = (): void => {
    callOff?.();
    callOff = null;
    if (store.getState().playing) store.setState({ playing: false });
  };
  const lookAt = ({ run, begin, limit }: Place, step: number): void =>
    look({ kind: 'alone', run, step: Math.min(Math.max(step, begin), limit) });
  const begin = (run: RunId, step: number): void => {
    since = { run, step, at: now() };
  };
  const play = (): void => {
    callOff = null;
    const here = place();
    // Whoever has gone elsewhere meanwhile, or back to the class, has left the playback too.
    if (here === null || !here.alone || here.run !== since.run) return pause();
    const pace = here.plan.steps / store.getState().showTime / 1000;
    const step = Math.floor(since.step + pace * (now() - since.at));
    if (step >= here.limit) {
      pause();
      if (here.withClass) look({ kind: 'class' });
      else lookAt(here, here.limit);
      return;
    }
    lookAt(here, step);
    callOff = onFrame(play);
  };

  return {
    store,
    pause,
    toggle() {
      if (store.getState().playing) return pause();
      const here = place();
      if (here === null) return;
      const from = here.step >= here.limit ? here.begin : here.step;
      begin(here.run, from);
      lookAt(here, from);
      store.setState({ playing: true });
      callOff = onFrame(play);
    },
    step(by) {
      pause();
      const here = place();
      if (here === null) return;
      const { plan, step, limit } = here;
      lookAt(here, by === 1 ? nextStep(plan, step, limit) : previousMeasuredStep(plan, step, here.begin));
    },
    seek(step) {
      const here = place();
      if (here === null) return;
      lookAt(here, step);
      if (store.getState().playing) begin(here.run, Math.min(Math.max(step, here.begin), here.limit));
    },
    speed(showTime) {
      const here = place();
      if (here !== null) begin(here.run, here.step);
      store.setState({ showTime });
    },
    follow() {
      pause();
      look({ kind: 'class' });
    },
  };
}
