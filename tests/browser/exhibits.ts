/** What hangs in the gallery: rooms with runs whose numbers are given by a formula, so that a picture changes only when its plot does. */
import { planOf } from '../../shared/core/plan.ts';
import type { LayerMeasurement, Measurement } from '../../shared/core/measurement.ts';
import { measurementLine, tickPoint } from '../../shared/protocol/measurements.ts';
import type { RunId } from '../../shared/protocol/state.ts';
import type { TickRun } from '../../shared/protocol/wire.ts';
import { configured } from '../core/networks.ts';
import { TestRoom } from '../protocol/room.ts';
import type { Exhibit, KeptLook } from '../support/gallery.ts';
import type { Frame } from './gallery/hanging.ts';

/** A run and what was measured of it. */
export type ShownRun = {
  readonly configuration: object;
  readonly measurements: readonly Measurement[];
  /** Still in training; otherwise it has finished with its last measurement. */
  readonly live?: true;
  /** What is seen in its network, at the one step at which somebody has looked. */
  readonly look?: KeptLook;
};

export type Note = { readonly step: number; readonly layer: number | null; readonly text: string };

type Room = {
  readonly runs: readonly ShownRun[];
  readonly frame?: Frame;
  /** Where the class is; null: at the newest measurement. */
  readonly step?: number;
  readonly notes?: readonly Note[];
  readonly language?: 'en' | 'zh-CN';
};

/** Builds a room that looks at its first run. */
export function exhibitOf({ runs, frame = 'deck', step, notes = [], language = 'en' }: Room): Exhibit {
  const room = new TestRoom(language);
  const host = room.join('host', 'Ada');
  const lines: Record<RunId, string[]> = {};
  const looks: Record<RunId, KeptLook> = {};
  const told: TickRun[] = [];
  for (const { configuration, measurements, live, look } of runs) {
    const front = measurements.at(-1)?.step ?? -1;
    const run = room.start(host, front, configuration);
    if (live !== true) room.end(run, { kind: 'finished', step: front, digest: 'f00d' });
    lines[run] = measurements.map(measurementLine);
    if (look !== undefined) looks[run] = look;
    told.push({
      run,
      step: front,
      status: live === true ? 'training' : 'finished',
      points: measurements.slice(-1).map(tickPoint),
    });
  }
  const [first] = told;
  if (first === undefined) throw new Error('a room needs a run');
  // What a class has not come to is not shown, so it has been at the end of every run.
  for (const { run, step: end, status } of told.toReversed()) {
    if (status === 'finished') room.do(host, 'seek', { run, step: end });
  }
  const live = runs[0]?.live === true;
  if (live) room.do(host, 'speed', { showTime: 'live' });
  else room.do(host, 'seek', { run: first.run, step: step ?? first.step });
  if (!live) room.do(host, 'pause', { step: step ?? first.step });
  for (const note of notes) room.do(host, 'pin', { run: first.run, ...note });
  return {
    frame,
    state: room.state,
    you: { id: host, name: 'Ada', role: 'host', token: 'token' },
    tick: { n: 1, at: room.now, runs: told },
    lines,
    looks,
  };
}

/** What a formula says of a network at a step; the rest of a measurement follows from the speeds. */
export type Formula = {
  readonly speed: (layer: number, step: number) => number;
  readonly cost?: (step: number) => number;
  readonly dead?: (layer: number, step: number) => number;
};

/** Measures a run by a formula up to `to` steps, as often as its configuration says. */
export function measuredBy(configuration: object, to: number, { speed, cost, dead }: Formula): Measurement[] {
  const plan = planOf(configured(configuration));
  const measurements: Measurement[] = [];
  for (let step = 0; step <= to; step += plan.measureEvery) {
    const itsCost = cost?.(step) ?? 2 * Math.exp(-step / 150) + 0.4;
    const accuracy = 0.1 + 0.8 * (1 - Math.exp(-step / 120));
    const layers = plan.sizes.slice(1).map((units, index): LayerMeasurement => {
      const layer = index + 1;
      const its = speed(Math.min(layer, plan.sizes.length - 2), step);
      const inputs = plan.sizes[index] ?? 1;
      return {
        layer,
        units,
        speed: its,
        speedRms: its / Math.sqrt(units),
        weightGradient: its * Math.sqrt(inputs) * 0.4,
        weightGain: 0.9,
        slope: 0.21,
        slopeRms: 0.22,
        activationMean: 0.5,
        activationStd: 0.2,
        saturation: 0.05,
        dead: dead?.(layer, step) ?? 0,
        weightNorm: Math.sqrt(units),
        updateRatio: (its * 0.04 * Math.sqrt(inputs)) / Math.sqrt(units),
        displacement: its * step * 0.01,
        turn: 0.1,
      };
    });
    measurements.push({
      step,
      epoch: Math.floor(step / plan.stepsPerEpoch),
      cost: itsCost,
      trainAccuracy: accuracy,
      testAccuracy: step % 20 === 0 ? accuracy * 0.95 : null,
      digest: 'f00d',
      layers,
    });
  }
  return measurements;
}

/** A falling speed with some unrest; every layer towards the input is slower by `factor`. */
export const falling =
  (layers: number, factor: number) =>
  (layer: number, step: number): number => {
    const unrest = 1 + 0.25 * Math.sin(step / 3 + layer) * Math.sin(step / 11 + 2 * layer);
    return (0.3 * unrest * (Math.exp(-step / 80) + 0.03)) / factor ** (layers - layer);
  };
