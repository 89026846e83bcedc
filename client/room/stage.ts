/**
 * The stage: which step is on show in this page at this moment. One animation frame loop for the whole page, which sleeps
 * while nothing can change; whoever draws subscribes and is called inside the frame, never through React.
 */
import { type Plan, planOf } from '../../shared/core/plan.ts';
import { DRAW_DELAY_MS, playheadAt, positionAt, shownStepAt } from '../../shared/protocol/playhead.ts';
import { hasEnded, lookUp, type RoomRun, type RoomState, type RunId } from '../../shared/protocol/state.ts';
import type { Fills } from './fills.ts';
import type { FrameStore } from './frames.ts';
import { frontByFact, measuredAtOrBefore } from './measured.ts';

/** `alone` is somebody looking at a run and step of their own choice, `led` at those of the student under the spotlight. */
export type Look =
  | { readonly kind: 'class' }
  | { readonly kind: 'alone' | 'led'; readonly run: RunId; readonly step: number };

/** `waiting`: the class is at the front of the training. `behind`: this page has not received what the class sees. */
export type Motion = 'playing' | 'paused' | 'waiting' | 'behind' | 'end' | 'alone' | 'led';

export type Shown = {
  readonly run: RoomRun;
  readonly plan: Plan;
  readonly step: number;
  /** The step of the measurement that stands for `step`; -1 before the first. */
  readonly measured: number;
  readonly motion: Motion;
  /** Where the class is, also for somebody who looks alone. */
  readonly classRun: RunId | null;
  readonly classStep: number;
  /** Changes with every measurement received of this run. */
  readonly version: number;
};

export type Stage = {
  /** What is on show now; null while there is no run. */
  current(): Shown | null;
  /** Calls the listener in the next frame and whenever what is shown has changed. */
  subscribe(listener: (shown: Shown | null) => void): () => void;
  /** Looks again in the next frame: something has changed that may change what is shown. */
  wake(): void;
  /** Has what plots want fetched at once, for those who know that they want something else. */
  ask(): void;
  /** The furthest step of a run that has been on show, in this page or before it came. */
  furthest(run: RunId): number;
  /** The step of a run that the class looks at now; -1 where it looks at another one. */
  classStep(run: RunId): number;
  /** How far a run may be drawn now: the run on show up to the step on show, others as far as the room has come; -1: not at all. */
  reach(run: RunId): number;
  /** Begins to follow what changes; returns how to end it. */
  open(): () => void;
};

export type StageInputs = {
  readonly room: () => { readonly state: RoomState | null; readonly look: Look };
  readonly frames: FrameStore;
  readonly fills: Fills;
  /** The server's time now, in ms. */
  readonly now: () => number;
};

const retryEvery = 1000;

const plans = new WeakMap<RoomRun['configuration'], Plan>();

/** The plan of a configuration, derived once. */
export function planFor(run: Pick<RoomRun, 'configuration'>): Plan {
  const known = plans.get(run.configuration) ?? planOf(run.configuration);
  plans.set(run.configuration, known);
  return known;
}

/** Works out what a page shows at the server's time `time`. */
export function shownAt(state: RoomState, look: Look, frames: FrameStore, time: number): Shown | null {
  const playhead = playheadAt(state, time);
  const classRun = playhead === null ? undefined : lookUp(state.runs, playhead.run);
  const frontOf = (run: RoomRun): number => Math.max(frames.of(run.id).front, frontByFact(run.status));
  const classStep = playhead === null || classRun === undefined ? 0 : shownStepAt(playhead, time, frontOf(classRun));
  const run = look.kind === 'class' ? classRun : lookUp(state.runs, look.run);
  if (run === undefined) return null;
  const front = frontOf(run);
  const plan = planFor(run);
  const step = look.kind === 'class' ? classStep : look.step;
  const measured = measuredAtOrBefore(plan, step, front);
  const { version, lastStep } = frames.of(run.id);
  const motion = (): Motion => {
    if (look.kind !== 'class') return look.kind;
    if (measured > lastStep) return 'behind';
    if (playhead === null || playhead.pace === 0) return 'paused';
    if (hasEnded(run.status)) return step >= run.status.step ? 'end' : 'playing';
    return positionAt(playhead, time) >= front && playhead.pace !== 'live' ? 'waiting' : 'playing';
  };
  return { run, plan, step, measured, motion: motion(), classRun: classRun?.id ?? null, classStep, version };
}

const sameShown = (one: Shown | null, other: Shown | null): boolean =>
  one === other ||
  (one !== null &&
    other !== null &&
    one.run === other.run &&
    one.step === other.step &&
    one.measured === other.measured &&
    one.motion === other.motion &&
    one.classStep === other.classStep &&
    one.version === other.version);

/** Builds the stage of a page. */
export function createStage({ room, frames, fills, now }: StageInputs): Stage {
  const listeners = new Set<(shown: Shown | null) => void>();
  const fresh = new Set<(shown: Shown | null) => void>();
  const furthest = new Map<RunId, number>();
  const refined = new Map<RunId, number>();
  let shown: Shown | null = null;
  let frame: number | null = null;

  const wake = (): void => {
    frame ??= requestAnimationFrame(draw);
  };

  const draw = (): void => {
    frame = null;
    const { state, look } = room();
    const next = state === null ? null : shownAt(state, look, frames, now() - DRAW_DELAY_MS);
    const changed = !sameShown(shown, next);
    if (changed) shown = next;
    for (const listener of changed ? listeners : fresh) listener(shown);
    fresh.clear();
    if (shown === null || state === null) return;
    const { run, step, measured, motion } = shown;
    if (motion !== 'alone' && motion !== 'led') furthest.set(run.id, Math.max(furthest.get(run.id) ?? 0, step));
    if (measured >= 0) fillIn(shown);
    fills.serve(reach);
    const announced = state.playhead !== null && now() - DRAW_DELAY_MS < state.playhead.at;
    if (announced || motion === 'playing') wake();
  };

  const reach = (id: RunId): number => {
    const { state } = room();
    const run = state === null ? undefined : lookUp(state.runs, id);
    if (state === null || run === undefined) return -1;
    if (shown?.run.id === id) return shown.measured;
    const front = Math.max(frames.of(id).front, frontByFact(run.status));
    const time = now() - DRAW_DELAY_MS;
    const playhead = playheadAt(state, time);
    const step = playhead === null ? -1 : shownStepAt(playhead, time, front);
    return measuredAtOrBefore(planFor(run), Math.max(run.shownTo, furthest.get(id) ?? -1, step), front);
  };

  const fillIn = ({ run, plan, measured, motion }: Shown): void => {
    const its = frames.of(run.id);
    its.stride = Math.max(plan.measureEvery, plan.steps / 75);
    const still = motion === 'paused' || motion === 'end' || motion === 'alone' || motion === 'led';
    if (still && refined.get(run.id) !== measured) {
      refined.set(run.id, measured);
      const drawable = Math.min(measured / plan.measureEvery, 400);
      if (its.cost.countUpTo(measured) < 0.6 * drawable) its.uncover();
    }
    fills.curves(run.id, measured);
    if (still) fills.measurement(run.id, measured, run.configuration.hidden.length + 1);
  };

  return {
    current: () => shown,
    subscribe(listener) {
      listeners.add(listener);
      fresh.add(listener);
      wake();
      return () => {
        listeners.delete(listener);
        fresh.delete(listener);
      };
    },
    wake,
    ask() {
      if (shown !== null) fills.serve(reach);
    },
    reach,
    classStep(run) {
      const { state } = room();
      if (state === null) return -1;
      const inClass = shownAt(state, { kind: 'class' }, frames, now() - DRAW_DELAY_MS);
      return inClass?.classRun === run ? inClass.classStep : -1;
    },
    furthest: (run) => Math.max(furthest.get(run) ?? 0, lookUp(room().state?.runs ?? {}, run)?.shownTo ?? 0),
    open() {
      const releaseFrames = frames.subscribe(wake);
      const onVisible = (): void => wake();
      document.addEventListener('visibilitychange', onVisible);
      // A fetch that has to wait its turn is tried again although nothing moves.
      const retry = setInterval(wake, retryEvery);
      return () => {
        if (frame !== null) cancelAnimationFrame(frame);
        frame = null;
        clearInterval(retry);
        document.removeEventListener('visibilitychange', onVisible);
        releaseFrames();
      };
    },
  };
}
