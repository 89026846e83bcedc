/** The horizontal axis that the view asks for, laid out for the runs that a plot shows. */
import { useMemo } from 'react';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { axisNumber, wholeNumber } from '../i18n/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { planFor } from '../room/stage.ts';
import type { Span } from '../room/spans.ts';
import { useView } from '../view/context.tsx';
import { type StepUnit, unitOf, type XAxis, xAxisOf } from './x-axis.ts';

export type PlotAxis = {
  readonly axis: XAxis;
  /** The unit of each run, in the order given. */
  readonly units: readonly StepUnit[];
  readonly format: (value: number) => string;
  /** The steps of a run that are on show; null while nothing is zoomed into. */
  readonly spanOf: ((index: number) => Span) | null;
};

export type AxisOptions = {
  /** The book has epochs, evenly. */
  readonly book?: boolean;
  /** Steps that the axis has room for; null: those of the longest run, as planned. */
  readonly length?: number | null;
};

/** Lays out the axis for runs of these configurations; the list must keep its identity while the runs are the same. */
export function useXAxis(
  configurations: readonly RunConfiguration[],
  mostTicks: number,
  { book = false, length = null }: AxisOptions = {},
): PlotAxis {
  const { language } = useWords();
  const name = useView((view) => (book ? 'epoch' : view.axis));
  const kind = useView((view) => (book ? 'linear' : view.x));
  const zoom = useView((view) => view.zoom);
  return useMemo(() => {
    const units = configurations.map(
      (configuration) =>
        unitOf(name, configuration) ?? { valueOf: (step: number) => step, stepOf: (step: number) => step },
    );
    const values = (of: (configuration: RunConfiguration) => number): number[] =>
      configurations.map((configuration, index) => units[index]?.valueOf(of(configuration)) ?? 0);
    const plan = (configuration: RunConfiguration) => planFor({ configuration });
    const format = (value: number): string =>
      name === 'step' ? wholeNumber(value, language) : axisNumber(Number(value.toPrecision(4)), language);
    const axis = xAxisOf({
      whole: [0, Math.max(...values((one) => length ?? plan(one).steps), 1e-9)],
      zoom,
      kind,
      least: Math.min(...values((one) => plan(one).measureEvery), Infinity),
      mostTicks,
      format,
    });
    const isZoomed = axis.shown[0] !== axis.whole[0] || axis.shown[1] !== axis.whole[1];
    const spanOf = (index: number): Span => {
      const unit = units[index];
      return unit === undefined ? axis.shown : [unit.stepOf(axis.shown[0]), unit.stepOf(axis.shown[1])];
    };
    return { axis, units, format, spanOf: isZoomed ? spanOf : null };
  }, [configurations, name, kind, zoom, mostTicks, language, length]);
}
