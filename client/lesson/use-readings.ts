/** Values that a step of the lesson speaks of, read from what has been measured and shown. */
import { useCallback, useEffect, useMemo } from 'react';
import type { Reading } from '../../shared/protocol/lessons.ts';
import { type DrawnMetric, isLayerMetric } from '../../shared/protocol/metrics.ts';
import { hasEnded, lookUp, type RunId } from '../../shared/protocol/state.ts';
import type { RunFrames } from '../room/run-frames.ts';
import { useFacts, useFromShown, useRoom } from '../room/context.tsx';

const lookEvery = 400;

/** Returns a value for each reading; null while it has not been measured, or not been shown yet. */
export function useReadings(readings: readonly Reading[], runs: readonly RunId[]): readonly (number | null)[] {
  const { fills, stage, frames } = useRoom();
  const state = useFacts();
  const metrics = useMemo(() => metricsByRun(readings, runs), [readings, runs]);
  useEffect(() => {
    const releases = [...metrics].map(([run, wanted]) => fills.want({ run, metrics: [...wanted], span: null }));
    if (releases.length > 0) stage.wake();
    return () => {
      for (const release of releases) release();
    };
  }, [fills, stage, metrics]);
  const derive = useCallback(
    () =>
      readings.map((reading) => {
        const run = lookUp(state.runs, runs[reading.run] ?? '');
        if (run === undefined) return null;
        const reach = stage.reach(run.id);
        const last = hasEnded(run.status) ? run.status.step : null;
        const step = reading.step === 'last' ? last : reading.step;
        if (step === null || reach < step) return null;
        const layers = run.configuration.hidden.length;
        const value = valueOf(frames.of(run.id), reading, step, layers);
        // Curves are thinned for drawing: a step between is asked for by itself.
        if (value === null) fills.measurement(run.id, step, layers + 1);
        return value;
      }),
    [readings, runs, state.runs, stage, frames, fills],
  );
  return useFromShown(lookEvery, derive);
}

function metricsByRun(readings: readonly Reading[], runs: readonly RunId[]): Map<RunId, Set<DrawnMetric>> {
  const wanted = new Map<RunId, Set<DrawnMetric>>();
  for (const { run: index, metric } of readings) {
    const run = runs[index];
    if (run === undefined) continue;
    const its = wanted.get(run) ?? new Set();
    wanted.set(run, its.add(metric === 'ratio' ? 'speed' : metric));
  }
  return wanted;
}

/** A value where it has been received; layers from the end are hidden ones. */
function valueOf(frames: RunFrames, { metric, layer }: Reading, step: number, layers: number): number | null {
  if (metric === 'ratio') {
    const [first, last] = [frames.speedOf(1).at(step), frames.speedOf(layers).at(step)];
    if (first === undefined || last === undefined) return null;
    return first === 0 && last === 0 ? 0 : last / first;
  }
  if (!isLayerMetric(metric)) return frames.of(metric).at(step) ?? null;
  const at = layer === null ? 1 : layer < 0 ? layers + 1 + layer : layer;
  return frames.of(metric, at).at(step) ?? null;
}
