/**
 * Has the curves of a plot fetched, and a closer look at the part that is zoomed into. A zoom is asked for in the moment in which it
 * is chosen: laying out the page takes longer than the way to the server and back.
 */
import { useCallback, useEffect, useRef } from 'react';
import { useRoom } from '../room/context.tsx';
import { useZoomed } from '../view/context.tsx';
import type { DrawnCurve } from './use-drawn.ts';
import type { SpanOf, Spans } from './use-x-axis.ts';

/** Asks for what the curves need for as long as the calling component is on the page. */
export function useWanted(curves: readonly DrawnCurve[], spans: Spans): void {
  const { fills, stage } = useRoom();
  const release = useRef<() => void>(() => undefined);
  const want = useCallback(
    (spanOf: SpanOf | null): void => {
      release.current();
      const byRun = Map.groupBy(curves, ({ run }) => run);
      const releases = Array.from(byRun, ([run, its]) =>
        fills.want({ run, metrics: [...new Set(its.map(({ metric }) => metric))], span: spanOf?.(run) ?? null }),
      );
      release.current = () => releases.forEach((one) => one());
    },
    [curves, fills],
  );
  useEffect(() => {
    want(spans.now);
    stage.wake();
    return () => release.current();
  }, [want, spans.now, stage]);
  useZoomed((zoom) => {
    want(spans.at(zoom));
    stage.ask();
  });
}
