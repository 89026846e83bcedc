/**
 * The playhead: which step of its run the room looks at, at any moment of the room's clock.
 * Training runs ahead as it can; showing follows this. All times are the server's, in ms.
 */
import { isSealed } from './guesses.ts';
import type { Pace, Playhead, RoomRun, RoomState, ShowTime } from './state.ts';

/** A move is announced this long before it takes effect, so that everybody can make it at the same moment. */
export const LEAD_MS = 150;

/** Clients draw this long behind the room's clock, so that what they draw has arrived. */
export const DRAW_DELAY_MS = 250;

/** Nobody is sent measurements further ahead of the playhead than this. */
export const AHEAD_MS = 1000;

/** At most so many runs are carried by ticks: the one under the playhead and the newest others. */
const MAX_SHOWN_RUNS = 8;

/** The playhead in force at time `t`, or null while the room has none. */
export function playheadAt(state: Pick<RoomState, 'playhead' | 'playheadBefore'>, t: number): Playhead | null {
  const { playhead, playheadBefore } = state;
  return playhead !== null && playheadBefore !== null && t < playhead.at ? playheadBefore : playhead;
}

/**
 * Returns the step that a playhead has reached at time `t`, a real number that may lie beyond what has been measured;
 * Infinity at the pace `live`.
 */
export function positionAt(playhead: Playhead, t: number): number {
  if (playhead.pace === 'live') return Infinity;
  return playhead.step + (playhead.pace * Math.max(0, t - playhead.at)) / 1000;
}

/** Returns the whole step that is shown at time `t` when measurements reach to `front` (-1: there are none; then step 0 is shown). */
export function shownStepAt(playhead: Playhead, t: number, front: number): number {
  return Math.max(0, Math.min(Math.floor(positionAt(playhead, t)), front));
}

/** The furthest step of which anything may be sent at time `t`. */
export function sendableStepAt(state: Pick<RoomState, 'playhead' | 'playheadBefore'>, t: number): number {
  const { playhead, playheadBefore } = state;
  if (playhead === null) return -1;
  // A move that is announced but not yet in force already needs what it will show.
  const coming = positionAt(playhead, t + AHEAD_MS);
  return t < playhead.at && playheadBefore !== null
    ? Math.max(coming, positionAt(playheadBefore, t + AHEAD_MS))
    : coming;
}

/** The furthest step of a run that people who are not hosts may read at time `t`: what is shown, and what has been; -1 behind a guess. */
export const readableStepAt = (state: RoomState, run: RoomRun, t: number): number =>
  isSealed(state, run.id) ? -1 : Math.max(run.shownTo, sendableStepAt(state, t));

/** In how many seconds the room shows a whole run; before it has looked at any, in 20. */
export const showTimeOf = (state: Pick<RoomState, 'playhead'>): ShowTime => state.playhead?.showTime ?? 20;

/** The pace, in steps a second, at which a run of `steps` steps is shown in `showTime` seconds. */
export const paceFor = (showTime: ShowTime, steps: number): Pace => (showTime === 'live' ? 'live' : steps / showTime);

/** The runs whose measurements are shown: the one under the playhead, then the newest, at most `MAX_SHOWN_RUNS`; none behind a guess. */
export function shownRuns(state: RoomState): RoomRun[] {
  const runs = Object.values(state.runs)
    .filter((run) => !isSealed(state, run.id))
    .reverse();
  const focused = runs.filter((run) => run.id === state.playhead?.run);
  const others = runs.filter((run) => run.id !== state.playhead?.run);
  return [...focused, ...others].slice(0, MAX_SHOWN_RUNS);
}
