/** How the home view looks: its axes, scales, colours and sizes, from the view, the theme and what has been measured. */
import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { type TextKey, useWords } from '../../i18n/words.ts';
import { bookColours, layerColours } from '../../theme.ts';
import { useView } from '../../view/context.tsx';
import { useTypeSize } from '../back-row.ts';
import { widened } from '../../../shared/drawing/decades.ts';
import type { PlotFrame } from '../frame.ts';
import type { Size } from '../sheet/sheet.ts';
import type { Drawn } from '../use-drawn.ts';
import { linearScale, logScale, movingScale, type ValueScale } from '../value-scale.ts';
import type { XAxis } from '../x-axis.ts';
import { type ScaleMove, useScaleMove } from './use-scale-move.ts';

export type LayersLook = {
  readonly scale: ValueScale;
  readonly frame: PlotFrame;
  readonly colours: readonly string[];
  readonly fontSize: number;
  readonly lineWidth: number;
  readonly book: boolean;
  /** Which words explain the axis that moves to powers of ten for the first time. */
  readonly explaining: ScaleMove['explaining'];
};

/** Above so many layers lines are thinner, so that they stay apart. */
const many = 12;

/** Works out the look for a plot of a size, in which what theory predicts has room too. */
export function useLayersLook(
  run: RoomRun,
  drawn: Drawn,
  theory: readonly number[],
  axis: XAxis,
  size: Size,
): LayersLook {
  const { say, language } = useWords();
  const scheme = useComputedColorScheme('light');
  const book = useView((view) => view.book);
  const y = useView((view) => (view.book ? 'log' : view.y));
  const unit = useView((view) => view.axis);
  const { share, explaining } = useScaleMove(y, drawn.drawn && !book);
  const layers = run.configuration.hidden.length;
  const fontSize = useTypeSize(size);
  const colours = useMemo(
    () =>
      book
        ? Array.from({ length: layers }, (_, index) => bookColours[index % bookColours.length] ?? '')
        : layerColours(scheme, layers),
    [book, scheme, layers],
  );
  const extent = useMemo(() => widened(drawn.extent, theory, 0, theory.length), [drawn.extent, theory]);
  const scale = useMemo(() => {
    if (book || share === 1) return logScale(extent);
    const even = linearScale(extent, language, 6);
    return share === 0 ? even : movingScale(even, logScale(extent), share);
  }, [extent, share, book, language]);
  const xTitle = book ? say('plot.book.axis') : say(`plot.axis.${unit}` satisfies TextKey);
  const frame = useMemo((): PlotFrame => {
    // The ratios of deep networks are longer.
    const labels = fontSize * (layers > 10 ? 10.5 : 8.2);
    return {
      x: axis,
      y: scale,
      lanes: scale.lanes,
      fontSize,
      xTitle,
      left: fontSize * 3.2,
      right: book ? fontSize * 1.5 : labels,
      look: book ? 'book' : 'lab',
    };
  }, [axis, scale, fontSize, layers, book, xTitle]);
  const width = fontSize < 20 ? 2.25 : fontSize / 5.5;
  return { scale, frame, colours, fontSize, lineWidth: layers > many ? width * 0.7 : width, book, explaining };
}
