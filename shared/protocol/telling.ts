/**
 * Which runs would tell what a guess is about: what is measured of them follows from the same numbers, so they wait until that guess
 * is revealed. Rule G10.
 */
import type { RunConfiguration } from '../core/configuration.ts';
import type { Guess } from './guesses.ts';
import { type Refusal, refused } from './refusal.ts';
import { lookUp, type RoomRun, type RoomState } from './state.ts';

/** A run that somebody wants, with where it would begin. */
export type Wanted = Pick<RoomRun, 'configuration' | 'origin'>;

type Standing = Pick<RoomState, 'guesses' | 'runs'>;

/** Why a run cannot be measured in the open just now; null where it can. */
export function toldByRun(state: Standing, wanted: Wanted, path?: string): Refusal | null {
  return refusalFor(state, ({ step }, run) => isSameRun(run, wanted) || (step === 0 && isSameStart(run, wanted)), path);
}

/** The same for a run of which only the last step is measured. */
export function toldByEnd(state: Standing, wanted: Wanted, path?: string): Refusal | null {
  return refusalFor(state, (_guess, run) => isSameRun(run, wanted), path);
}

function refusalFor(state: Standing, tells: (guess: Guess, run: RoomRun) => boolean, path?: string): Refusal | null {
  for (const guess of Object.values(state.guesses)) {
    const run = guess.standing.kind === 'revealed' ? undefined : lookUp(state.runs, guess.run);
    if (run === undefined || !tells(guess, run)) continue;
    return refused('conflict', `this would tell what ${guess.id} on ${run.id} asks; reveal that first`, path).error;
  }
  return null;
}

/** Whether two runs have the same numbers wherever both are measured: how long and how often, and test images, change none. */
const isSameRun = (one: Wanted, other: Wanted): boolean =>
  JSON.stringify(one.origin) === JSON.stringify(other.origin) &&
  numbersOf(one.configuration) === numbersOf(other.configuration);

/** Whether two runs are the same network before the first step: how they are trained makes no difference yet. */
const isSameStart = (one: Wanted, other: Wanted): boolean =>
  one.origin === null && other.origin === null && startOf(one.configuration) === startOf(other.configuration);

/** What the numbers at any step follow from. The probe is left out: on more or fewer images the same network is measured. */
function numbersOf(configuration: RunConfiguration): string {
  const { dataset } = configuration;
  const images = 'test' in dataset ? { ...dataset, test: 0 } : dataset;
  const alike = { dataset: images, epochs: 1, measureEvery: null, evaluateEvery: null, probe: 1 };
  return JSON.stringify({ ...configuration, ...alike });
}

/** What the speeds at step 0 follow from: data, network, cost and draw. */
function startOf(configuration: RunConfiguration): string {
  const { dataset, hidden, activation, output, cost, initialization, normalization, residual, seed } = configuration;
  const images = 'train' in dataset ? { ...dataset, train: 0, test: 0 } : dataset;
  return JSON.stringify({ images, hidden, activation, output, cost, initialization, normalization, residual, seed });
}
