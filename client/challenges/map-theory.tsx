/** Theory over a map: the depth up to which networks of each variance should train, drawn dashed, once the host has revealed it. */
import { type CSSProperties, useEffect, useState } from 'react';
import { criticalWeights } from '../../shared/core/theory/meanfield.ts';
import type { ChallengeTask } from '../../shared/protocol/challenges.ts';
import { placeAmong, reachOf } from './map-facts.ts';

type MapTask = Extract<ChallengeTask, { kind: 'map' }>;
export type Reach = { readonly variance: number; readonly depth: number };
export type Reaches = { readonly points: readonly Reach[]; readonly at: (variance: number) => number };

const between = 6;

/** Works the line out, a point at a time, since each takes some milliseconds; null until it is there, and while it is not wanted. */
export function useMapReaches(task: MapTask, wanted: boolean): Reaches | null {
  const [found, setFound] = useState<Reaches | null>(null);
  useEffect(() => {
    if (!wanted) return;
    const asked = task.variances.flatMap((variance, n) => {
      const next = task.variances[n + 1];
      const steps = next === undefined ? 1 : between;
      return Array.from({ length: steps }, (_, step) => variance + ((next ?? variance) - variance) * (step / between));
    });
    const points: Reach[] = [];
    let timer: ReturnType<typeof setTimeout> | null = null;
    const work = (): void => {
      const variance = asked[points.length];
      if (variance === undefined) {
        const known = new Map(points.map((point) => [point.variance, point.depth]));
        return setFound({ points, at: (one) => known.get(one) ?? Number.NaN });
      }
      points.push({ variance, depth: reachOf(task, variance) });
      timer = setTimeout(work);
    };
    work();
    return () => {
      if (timer !== null) clearTimeout(timer);
    };
  }, [task, wanted]);
  return wanted ? found : null;
}

/** Draws the line over the cells: the middle of a cell is its depth and variance. */
export function MapTheory({ task, reaches }: { readonly task: MapTask; readonly reaches: readonly Reach[] }) {
  const { depths, variances, configuration } = task;
  const x = (variance: number): number => placeAmong(variances, variance) + 0.5;
  const y = (depth: number): number => depths.length - 0.5 - placeAmong(depths, depth);
  const most = depths.at(-1) ?? 0;
  const least = depths[0] ?? 0;
  // Beyond the map it leaves through its edge.
  const height = (depth: number): number => (depth > most ? 0 : depth < least ? depths.length : y(depth));
  const edge = criticalWeights(configuration.activation, configuration.initialization.biasStd ** 2);
  const isOnMap = edge !== null && edge >= (variances[0] ?? 0) && edge <= (variances.at(-1) ?? 0);
  return (
    <svg
      className="map-theory"
      viewBox={`0 0 ${variances.length} ${depths.length}`}
      preserveAspectRatio="none"
      style={{ '--map-rows': depths.length } as CSSProperties}
      aria-hidden="true"
      data-testid="map-theory"
    >
      <polyline className="map-reach-back" points={line()} vectorEffect="non-scaling-stroke" />
      <polyline className="map-reach" points={line()} vectorEffect="non-scaling-stroke" />
      {isOnMap && (
        <path
          className="map-edge"
          // Beside the numbers of the cells, so that they can be read.
          d={depths.map((_, row) => `M${x(edge)} ${row}v0.22m0 0.56v0.22`).join('')}
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  );

  function line(): string {
    return reaches.map(({ variance, depth }) => `${x(variance)},${height(depth)}`).join(' ');
  }
}
