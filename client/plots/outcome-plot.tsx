/** Cost or accuracy of the run on show against the steps: small plots beside the speeds, moving with them. */
import { useComputedColorScheme } from '@mantine/core';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { wholeNumber } from '../i18n/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { useRoom } from '../room/context.tsx';
import { planFor } from '../room/stage.ts';
import type { RunFrames } from '../room/run-frames.ts';
import type { Series } from '../room/series.ts';
import type { RoomRun } from '../../shared/protocol/state.ts';
import { type Palette, paletteOf } from '../theme.ts';
import { Axes } from './axes.tsx';
import { cleared, drawCurve, drawDot } from './canvas.ts';
import type { Geometry } from './geometry.ts';
import { roundBetween, roundTicks, roundUp } from './ticks.ts';
import { useSize } from './use-size.ts';

/** A curve of an outcome; the dash tells two of them apart without colour. */
export type OutcomeCurve = {
  readonly series: (frames: RunFrames) => Series;
  readonly colour: (palette: Palette) => string;
  readonly dash: readonly number[];
};

type Props = {
  readonly run: RoomRun;
  readonly title: string;
  readonly curves: readonly OutcomeCurve[];
  /** The top of the axis, where it is known beforehand. */
  readonly top: number | null;
  readonly format: (value: number) => string;
  readonly legend?: ReactNode;
  readonly children?: ReactNode;
};

const finite = (value: number): string => (Number.isFinite(value) ? 'finite' : 'not');

/** Draws one outcome with its axes; give it the run's id as key. */
export function OutcomePlot({ run, title, curves, top, format, legend, children }: Props) {
  const { language } = useWords();
  const { stage, frames: store } = useRoom();
  const scheme = useComputedColorScheme('light');
  const [box, size] = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const geometry = useRef<Geometry | null>(null);
  const upTo = useRef(-1);
  const [highest, setHighest] = useState(0);
  const frames = store.of(run.id);
  const { steps } = planFor(run);
  const end = top ?? roundUp(highest);

  const paint = useCallback((): void => {
    const place = geometry.current;
    if (canvas.current === null || place === null) return;
    const context = cleared(canvas.current, size.width, size.height);
    if (context === null) return;
    const palette = paletteOf(scheme);
    for (const { series, colour, dash } of curves) {
      const { steps: at, values } = series(frames);
      const count = series(frames).countUpTo(upTo.current);
      const height = (value: number): number | null => (Number.isFinite(value) ? value : null);
      drawCurve(context, place, {
        steps: at,
        values,
        count,
        colour: colour(palette),
        width: 2,
        dash,
        height,
        kind: finite,
      });
      const [x, y] = [at[count - 1], values[count - 1]];
      if (x !== undefined && y !== undefined && Number.isFinite(y)) drawDot(context, place.x(x), place.y(y), 3);
    }
  }, [frames, curves, scheme, size]);

  const painter = useRef(paint);
  useEffect(() => {
    painter.current = paint;
    paint();
  }, [paint]);

  useEffect(
    () =>
      stage.subscribe((shown) => {
        if (shown === null || shown.run.id !== run.id) return;
        upTo.current = shown.measured;
        if (top === null) setHighest((known) => Math.max(known, highestOf(curves, frames, shown.measured)));
        painter.current();
      }),
    [stage, run.id, frames, curves, top],
  );

  const onGeometry = useCallback((next: Geometry): void => {
    geometry.current = next;
    painter.current();
  }, []);

  return (
    <section className="outcome">
      <h3 className="outcome-title">{title}</h3>
      {legend !== undefined && <div className="outcome-legend">{legend}</div>}
      <div ref={box} className="outcome-box">
        {size.width > 0 && (
          <Axes
            width={size.width}
            height={size.height}
            xDomain={[0, steps]}
            xTicks={roundTicks(steps, 5)}
            xFormat={(value) => wholeNumber(value, language)}
            yDomain={[0, end]}
            yTicks={roundBetween(0, end, 3)}
            yFormat={format}
            yWidth={44}
            fontSize={12}
            right={16}
            canvas={canvas}
            onGeometry={onGeometry}
          >
            {children}
          </Axes>
        )}
      </div>
    </section>
  );
}

function highestOf(curves: readonly OutcomeCurve[], frames: RunFrames, upTo: number): number {
  let highest = 0;
  for (const { series } of curves) {
    const { values } = series(frames);
    const count = series(frames).countUpTo(upTo);
    for (let index = 0; index < count; index++) {
      const value = values[index] ?? 0;
      if (Number.isFinite(value) && value > highest) highest = value;
    }
  }
  return highest;
}
