/**
 * What a plot draws of which runs, as it grows: tells the plot to paint whenever there is more to see, keeps the extent for its
 * axis, and sees to it that what ticks do not carry is fetched. Hot path: nothing here is drawn by React but a new extent.
 */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { DrawnMetric } from '../../shared/protocol/metrics.ts';
import type { RunId } from '../../shared/protocol/state.ts';
import { useRoom } from '../room/context.tsx';
import type { Series } from '../room/series.ts';
import type { Stage } from '../room/stage.ts';
import { type Extent, emptyExtent } from '../../shared/drawing/decades.ts';
import { ExtentTracker, extentBetween, type ShownSeries } from './extent.ts';
import { roundUp } from '../../shared/drawing/ticks.ts';
import { createSignal, type Signal } from './signal.ts';
import type { SpanOf, Spans } from './use-x-axis.ts';
import { useWanted } from './use-wanted.ts';

export type DrawnCurve = {
  readonly run: RunId;
  readonly metric: DrawnMetric;
  readonly layer: number | null;
  /** What is drawn is so many times the measured value. */
  readonly factor: number;
};

export type Drawn = {
  /** The curves in the order given, as far as they may be drawn at this moment. */
  readonly now: () => readonly ShownSeries[];
  /** As far as an axis cares: it is another one only when decades of a quarter, or round numbers, are passed. */
  readonly extent: Extent;
  readonly signal: Signal;
  /** Whether there is anything to draw, and whether anything has been measured that may be. */
  readonly drawn: boolean;
  readonly measured: boolean;
};

const nothing = { extent: emptyExtent, drawn: false, measured: false };

/** A plot is told of what is new at most every so many ms: ticks come ten times a second. */
const tellEvery = 100;

/** Follows curves in the part of the axis that is on show. Give it curves that keep their identity. */
export function useDrawn(curves: readonly DrawnCurve[], spans: Spans, every: number = tellEvery): Drawn {
  const { stage, frames } = useRoom();
  const [signal] = useState(createSignal);
  const [known, setKnown] = useState(nothing);
  const last = useRef('');
  const spanOf = spans.now;
  useWanted(curves, spans);

  const now = useMemo(() => {
    const seriesOf = ({ run, metric, layer }: DrawnCurve): Series => frames.of(run).of(metric, layer ?? 1);
    return (): readonly ShownSeries[] => {
      const reaches = new Map<RunId, number>();
      return curves.map((curve) => {
        const reach = reaches.get(curve.run) ?? stage.reach(curve.run);
        reaches.set(curve.run, reach);
        const series = seriesOf(curve);
        return { series, count: series.countUpTo(reach), factor: curve.factor };
      });
    };
  }, [curves, frames, stage]);

  // Other curves, and another part of the axis, have another extent; known at once, both axes are drawn for it at once.
  const [drawnFor, setDrawnFor] = useState({ curves, spanOf });
  if (drawnFor.curves !== curves || drawnFor.spanOf !== spanOf) {
    const shown = now();
    setDrawnFor({ curves, spanOf });
    setKnown(knownOf(curves, shown, stage, extentOf(curves, shown, spanOf, new ExtentTracker())));
  }

  useEffect(() => {
    const runs = [...new Set(curves.map(({ run }) => run))];
    const tracker = new ExtentTracker();
    let frame: number | null = null;
    let timer: ReturnType<typeof setTimeout> | null = null;
    let told = -Infinity;
    last.current = '';
    const look = (): void => {
      frame = null;
      const left = told + every - performance.now();
      if (left > 0) {
        timer ??= setTimeout(() => {
          timer = null;
          soon();
        }, left);
        return;
      }
      const key = runs.map((run) => `${stage.reach(run)} ${frames.of(run).version}`).join();
      if (key === last.current) return;
      last.current = key;
      told = performance.now();
      const shown = now();
      const next = knownOf(curves, shown, stage, extentOf(curves, shown, spanOf, tracker));
      setKnown((before) => (isSame(before, next) ? before : next));
      signal.send();
    };
    const soon = (): void => {
      frame ??= requestAnimationFrame(look);
    };
    const releaseStage = stage.subscribe(look);
    // The stage tells of the run on show; of the others the store does.
    const releaseFrames = frames.subscribe((run) => {
      if (runs.includes(run)) soon();
    });
    return () => {
      releaseStage();
      releaseFrames();
      if (frame !== null) cancelAnimationFrame(frame);
      if (timer !== null) clearTimeout(timer);
    };
  }, [curves, spanOf, every, now, stage, frames, signal]);

  return useMemo(() => ({ now, signal, ...known }), [now, signal, known]);
}

const knownOf = (
  curves: readonly DrawnCurve[],
  shown: readonly ShownSeries[],
  stage: Stage,
  extent: Extent,
): typeof nothing => ({
  extent,
  drawn: shown.some(({ count }) => count > 0),
  measured: curves.some(({ run }) => stage.reach(run) >= 0),
});

const extentOf = (
  curves: readonly DrawnCurve[],
  shown: readonly ShownSeries[],
  spanOf: SpanOf | null,
  tracker: ExtentTracker,
): Extent => (spanOf === null ? tracker.including(shown) : extentWithin(curves, shown, spanOf));

function extentWithin(curves: readonly DrawnCurve[], shown: readonly ShownSeries[], spanOf: SpanOf): Extent {
  const parts = curves.map(({ run }, index) => {
    const one = shown[index];
    return one === undefined ? emptyExtent : extentBetween([one], ...spanOf(run));
  });
  return parts.reduce((all, { low, high, lanes }) => ({
    low: Math.min(all.low, low),
    high: Math.max(all.high, high),
    lanes: new Set([...all.lanes, ...lanes]),
  }));
}

/** What an axis makes of an extent: it moves in steps, and is drawn again only then. */
const laidOut = ({ low, high }: Extent): string =>
  `${Math.floor(low * 4)} ${Math.ceil(high * 4)} ${roundUp(10 ** high)}`;

const isSame = (one: typeof nothing, other: typeof nothing): boolean =>
  one.drawn === other.drawn &&
  one.measured === other.measured &&
  one.extent.lanes.size === other.extent.lanes.size &&
  laidOut(one.extent) === laidOut(other.extent);
