/**
 * The frame of a plot: axes, grid and reference lines by Recharts, and a canvas over it for the curves, which are too many
 * points too often for SVG. The chart's own scales place the curves.
 */
import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react';
import {
  CartesianGrid,
  Line,
  LineChart,
  usePlotArea,
  useXAxisInverseScale,
  useXAxisScale,
  useYAxisScale,
  XAxis,
  YAxis,
} from 'recharts';
import { type Geometry, linearOf } from './geometry.ts';

export type AxesProps = {
  readonly width: number;
  readonly height: number;
  readonly xDomain: readonly [number, number];
  readonly xTicks: readonly number[];
  readonly xFormat: (value: number) => string;
  readonly yDomain: readonly [number, number];
  readonly yTicks: readonly number[];
  readonly yFormat: (value: number) => string;
  readonly yWidth: number;
  readonly fontSize: number;
  /** Room at the right for labels at the ends of the curves. */
  readonly right: number;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly onGeometry: (geometry: Geometry) => void;
  /** Reference lines and areas, as Recharts draws them. */
  readonly children?: ReactNode;
};

/** Draws the frame and reports the geometry whenever it changes. */
export function Axes(props: AxesProps) {
  const { width, height, xDomain, yDomain, fontSize, canvas } = props;
  const tick = { fontSize, fill: 'var(--lab-soft)' };
  // Recharts draws axes for data only, so it gets the corners of the plot.
  const corners = [
    { x: xDomain[0], y: yDomain[0] },
    { x: xDomain[1], y: yDomain[1] },
  ];
  return (
    <div className="axes" style={{ width, height }} aria-hidden="true">
      <LineChart
        width={width}
        height={height}
        data={corners}
        margin={{ top: 10, right: props.right, bottom: 2, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid stroke="var(--lab-grid)" vertical={false} />
        <XAxis
          dataKey="x"
          type="number"
          domain={[...xDomain]}
          ticks={[...props.xTicks]}
          tickFormatter={props.xFormat}
          tick={tick}
          height={fontSize * 2}
          stroke="var(--lab-line)"
          interval="preserveStartEnd"
          allowDataOverflow
        />
        <YAxis
          type="number"
          domain={[...yDomain]}
          ticks={[...props.yTicks]}
          tickFormatter={props.yFormat}
          tick={tick}
          width={props.yWidth}
          stroke="var(--lab-line)"
          interval={0}
          allowDataOverflow
        />
        {props.children}
        <Line dataKey="y" stroke="none" dot={false} activeDot={false} isAnimationActive={false} />
        <Surveyor xDomain={xDomain} yDomain={yDomain} onGeometry={props.onGeometry} />
      </LineChart>
      <canvas ref={canvas} className="axes-canvas" />
    </div>
  );
}

/** Stands inside the chart, where its scales can be asked for, and draws nothing. */
function Surveyor({ xDomain, yDomain, onGeometry }: Pick<AxesProps, 'xDomain' | 'yDomain' | 'onGeometry'>) {
  const area = usePlotArea();
  const xScale = useXAxisScale();
  const yScale = useYAxisScale();
  const inverse = useXAxisInverseScale();
  const reported = useRef('');
  useLayoutEffect(() => {
    if (area === undefined || xScale === undefined || yScale === undefined) return;
    const x = linearOf(xScale, xDomain);
    const y = linearOf(yScale, yDomain);
    const key = JSON.stringify([area, x(0), x(1), y(0), y(1)]);
    if (reported.current === key) return;
    reported.current = key;
    onGeometry({
      left: area.x,
      top: area.y,
      width: area.width,
      height: area.height,
      x,
      y,
      xInverse: (pixel) => Number(inverse?.(pixel) ?? 0),
    });
  });
  return null;
}
