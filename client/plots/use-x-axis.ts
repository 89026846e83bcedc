/** The horizontal axis that the view asks for, laid out for the runs that a plot shows. */
import { useDeferredValue, useMemo } from 'react';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import type { RoomRun, RunId } from '../../shared/protocol/state.ts';
import { axisNumber, wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { planFor } from '../room/stage.ts';
import type { Span } from '../room/spans.ts';
import { useView } from '../view/context.tsx';
import type { Zoom } from '../view/view.ts';
import { roundUp } from '../../shared/drawing/ticks.ts';
import { useSeconds } from './use-seconds.ts';
import { type StepUnit, stepUnit, unitOf, within, type XAxis, xAxisOf } from './x-axis.ts';

/** What an axis needs to know of a run. */
export type TimedRun = Pick<RoomRun, 'id' | 'configuration' | 'origin'>;

export type PlotAxis = {
  readonly axis: XAxis;
  /** The unit of each run, in the order given. */
  readonly units: readonly StepUnit[];
  readonly format: (value: number) => string;
  readonly spans: Spans;
};

/** The steps of a run that are on show. */
export type SpanOf = (run: RunId) => Span;

/** Which steps are on show; null: nothing is zoomed into. */
export type Spans = {
  readonly now: SpanOf | null;
  /** With another zoom, before anything has been laid out for it. */
  readonly at: (zoom: Zoom | null) => SpanOf | null;
};

/** One run as the list of runs that an axis is laid out for, the same list while the run is the same. */
export function useAlone({ id, configuration, origin }: TimedRun): readonly TimedRun[] {
  return useMemo(() => [{ id, configuration, origin }], [id, configuration, origin]);
}

export type AxisOptions = {
  /** The book has epochs, evenly. */
  readonly book?: boolean;
  /** Steps that the axis has room for; null: those of the longest run, as planned. */
  readonly length?: number | null;
  /** Another zoom is drawn after everything else: for what stands beside the plot that is looked at. */
  readonly patient?: boolean;
};

/** Lays out the axis for runs; the list must keep its identity while the runs are the same. */
export function useXAxis(
  runs: readonly TimedRun[],
  mostTicks: number,
  { book = false, length = null, patient = false }: AxisOptions = {},
): PlotAxis {
  const { language } = useWords();
  const name = useView((view) => (book ? 'epoch' : view.axis));
  const kind = useView((view) => (book ? 'linear' : view.x));
  const chosen = useView((view) => view.zoom);
  // Who is not patient should not be drawn a second time for it.
  const later = useDeferredValue(patient ? chosen : null);
  const zoom = patient ? later : chosen;
  const seconds = useSeconds(runs, name === 'seconds');
  return useMemo(() => {
    // While the seconds of a run are on their way, its steps stand for them.
    const units = runs.map(({ configuration }, index) => unitOf(name, configuration) ?? seconds[index] ?? stepUnit);
    const values = (of: (configuration: RunConfiguration) => number): number[] =>
      runs.map(({ configuration }, index) => units[index]?.valueOf(of(configuration)) ?? 0);
    const plan = (configuration: RunConfiguration) => planFor({ configuration });
    const format = (value: number): string =>
      name === 'step' ? wholeNumber(value, language) : axisNumber(Number(value.toPrecision(4)), language);
    const longest = Math.max(...values((one) => length ?? plan(one).steps), 1e-9);
    const axis = xAxisOf({
      // How long a run will take is an estimate; its end moves in few steps.
      whole: [0, name === 'seconds' ? roundUp(longest) : longest],
      zoom,
      kind,
      least: Math.min(...values((one) => plan(one).measureEvery), Infinity),
      mostTicks,
      format,
    });
    const at = (other: Zoom | null): SpanOf | null => {
      const [from, to] = within(other, axis.whole);
      if (from === axis.whole[0] && to === axis.whole[1]) return null;
      const unitOfRun = new Map(runs.map(({ id }, index) => [id, units[index]]));
      return (run) => {
        const unit = unitOfRun.get(run) ?? stepUnit;
        return [unit.stepOf(from), unit.stepOf(to)];
      };
    };
    return { axis, units, format, spans: { now: at(zoom), at } };
  }, [runs, seconds, name, kind, zoom, mostTicks, language, length]);
}
