/** The speed of learning of every hidden layer against the steps, up to the step on show: the view the room comes for. */
import { useComputedColorScheme } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ReferenceArea } from 'recharts';
import { measured, powerOfTen, relativeSpeed, wholeNumber } from '../i18n/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { useRoom } from '../room/context.tsx';
import type { RoomRun } from '../../shared/protocol/state.ts';
import { planFor } from '../room/stage.ts';
import { layerColours, paletteOf, type Scheme, theme } from '../theme.ts';
import { Axes } from './axes.tsx';
import { useCursor } from './cursor.ts';
import { type DecadeScale, decadeScale, emptyExtent, heightOf } from './decades.ts';
import { ExtentTracker } from './extent.ts';
import type { Geometry } from './geometry.ts';
import { type Painted, paintSpeeds } from './speed-painter.ts';
import { SpeedTooltip } from './speed-tooltip.tsx';
import { roundTicks } from './ticks.ts';
import { useSize } from './use-size.ts';
import './plots.css';

type Props = { readonly run: RoomRun; readonly large?: boolean };

const announceEvery = 250;

/** Draws the speeds of a run; give it the run's id as key. */
export function SpeedPlot({ run, large = false }: Props) {
  const { say, language } = useWords();
  const { stage, frames: store } = useRoom();
  const scheme: Scheme = useComputedColorScheme('light');
  const [box, size] = useSize<HTMLDivElement>();
  const root = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const geometry = useRef<Geometry | null>(null);
  const upTo = useRef(-1);
  const [scale, setScale] = useState<DecadeScale>(() => decadeScale(emptyExtent));
  const layers = run.configuration.hidden.length;
  const { steps } = planFor(run);
  const frames = store.of(run.id);
  const [tracker] = useState(() => new ExtentTracker());
  const colours = useMemo(() => layerColours(scheme, layers), [scheme, layers]);
  const narrow = size.width < 560;
  // A projector's picture is read from the back row, however many pixels it has.
  const fontSize = large ? Math.max(20, Math.round(size.width / 60)) : narrow ? 12 : 13;

  const layerAt = (step: number, y: number): number | null => {
    const place = geometry.current;
    if (place === null) return null;
    const distances = Array.from({ length: layers }, (_, index) => {
      const height = heightOf(scale, frames.speedOf(index + 1).at(step) ?? Number.NaN);
      return height === null ? Infinity : Math.abs(place.y(height) - y);
    });
    const nearest = Math.min(...distances);
    return Number.isFinite(nearest) ? distances.indexOf(nearest) + 1 : null;
  };
  const pointsShown = () => ({ series: frames.speedOf(1), count: frames.speedOf(1).countUpTo(upTo.current) });
  const [cursor, handlers] = useCursor(geometry, pointsShown, layerAt);

  const paint = useCallback((): Painted | null => {
    if (canvas.current === null || geometry.current === null) return null;
    const { ink, soft, plot } = paletteOf(scheme);
    return paintSpeeds(canvas.current, size, geometry.current, {
      frames,
      layers,
      upTo: upTo.current,
      scale,
      colours,
      ink,
      soft,
      surface: plot,
      font: theme.fontFamily ?? 'sans-serif',
      fontSize,
      lineWidth: large ? fontSize / 5.5 : 2.25,
      cursor,
      labelOf: (layer, speed, last) => [say('plot.layer', { layer }), relativeSpeed(speed, last, language)],
    });
  }, [frames, layers, scale, colours, scheme, size, fontSize, large, cursor, say, language]);

  const painter = useRef(paint);
  useEffect(() => {
    painter.current = paint;
    paint();
  }, [paint]);

  useEffect(() => {
    let key = '';
    let announced = 0;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const announce = (painted: Painted | null): void => {
      const element = root.current;
      if (element === null || painted === null) return;
      announced = performance.now();
      element.dataset['drawnPoints'] = String(painted.points);
      element.dataset['drawnFrom'] = String(painted.from);
      element.dataset['drawnTo'] = String(painted.to);
    };
    const release = stage.subscribe((shown) => {
      if (shown === null || shown.run.id !== run.id) return;
      const now = `${shown.measured} ${shown.version}`;
      if (now === key) return;
      key = now;
      upTo.current = shown.measured;
      const next = decadeScale(tracker.upTo(frames, layers, shown.measured));
      setScale((known) => (JSON.stringify(known) === JSON.stringify(next) ? known : next));
      const painted = painter.current();
      if (timer !== null) clearTimeout(timer);
      timer = null;
      if (performance.now() - announced >= announceEvery) announce(painted);
      else timer = setTimeout(() => announce(painted), announceEvery);
    });
    return () => {
      release();
      if (timer !== null) clearTimeout(timer);
    };
  }, [stage, run.id, frames, layers, tracker]);

  const onGeometry = useCallback((next: Geometry): void => {
    geometry.current = next;
    painter.current();
  }, []);

  const laneNames = { zero: say('plot.lane.zero'), infinity: say('plot.lane.infinity'), nan: say('plot.lane.nan') };
  const yFormat = (value: number): string => {
    const lane = scale.lanes.find(({ at }) => at === value);
    return lane === undefined ? powerOfTen(value) : laneNames[lane.lane];
  };
  const speedsAt = (step: number): number[] =>
    Array.from({ length: layers }, (_, index) => frames.speedOf(index + 1).at(step) ?? Number.NaN);
  const spoken = (step: number): string => {
    const values = speedsAt(step).map((speed, index) =>
      say('plot.cursor.layer', { layer: index + 1, speed: measured(speed, language) }),
    );
    return say('plot.cursor.value', {
      step: wholeNumber(step, language),
      values: values.join(language === 'en' ? ', ' : '，'),
    });
  };

  return (
    <div
      ref={root}
      className="speed-plot"
      data-testid="speed-plot"
      data-drawn-points="0"
      data-drawn-from="-1"
      data-drawn-to="-1"
    >
      <div
        ref={box}
        className="plot-touch"
        role="slider"
        tabIndex={0}
        aria-label={say('plot.cursor')}
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={steps}
        aria-valuenow={cursor?.step ?? 0}
        aria-valuetext={cursor === null ? say('plot.cursor') : spoken(cursor.step)}
        {...handlers}
      >
        {size.width > 0 && (
          <Axes
            width={size.width}
            height={size.height}
            xDomain={[0, steps]}
            xTicks={roundTicks(steps, narrow ? 5 : 8)}
            xFormat={(value) => wholeNumber(value, language)}
            yDomain={scale.domain}
            yTicks={[...scale.ticks, ...scale.lanes.map(({ at }) => at)]}
            yFormat={yFormat}
            yWidth={fontSize * 3.2}
            fontSize={fontSize}
            right={fontSize * (language === 'en' ? 8.2 : 8)}
            canvas={canvas}
            onGeometry={onGeometry}
          >
            {scale.lanes.map(({ lane, from, to }) => (
              <ReferenceArea key={lane} y1={from} y2={to} fill="var(--lab-raised)" fillOpacity={0.7} stroke="none" />
            ))}
          </Axes>
        )}
        {cursor !== null && (
          <SpeedTooltip
            step={cursor.step}
            speeds={speedsAt(cursor.step)}
            colours={colours}
            nearest={cursor.layer}
            x={cursor.x}
            width={size.width}
          />
        )}
      </div>
    </div>
  );
}
