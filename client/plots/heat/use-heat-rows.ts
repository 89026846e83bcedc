/** The rows of a heat map: the ratio of each hidden layer to the last one, by the measure that is chosen. */
import { useMemo } from 'react';
import { ratioOf } from '../../../shared/protocol/metrics.ts';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import type { Measure } from '../../view/view.ts';
import { ratioFactor } from '../compare/subject.ts';
import { metricOf } from '../layers/measures.ts';
import type { DrawnCurve } from '../use-drawn.ts';

/** Returns the curves of a run, the first layer first. */
export function heatCurves(
  { id, configuration }: Pick<RoomRun, 'id' | 'configuration'>,
  measure: Measure,
): DrawnCurve[] {
  return configuration.hidden.map((_, index) => ({
    run: id,
    metric: ratioOf(metricOf[measure]),
    layer: index + 1,
    factor: ratioFactor(configuration, measure, index + 1),
  }));
}

/** Returns the same list while run and measure are the same. */
export const useHeatCurves = ({ id, configuration }: RoomRun, measure: Measure): readonly DrawnCurve[] =>
  useMemo(() => heatCurves({ id, configuration }, measure), [id, configuration, measure]);
