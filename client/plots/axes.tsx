/**
 * The frame of a plot on the page: axes and grid by Recharts, and over it canvases for the curves, which are too many points
 * too often for SVG. The chart's own scales place the curves.
 */
import { memo, type ReactNode, useLayoutEffect, useRef } from 'react';
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceArea,
  usePlotArea,
  useXAxisInverseScale,
  useXAxisScale,
  useYAxisScale,
  XAxis,
  type XAxisTickContentProps,
  YAxis,
} from 'recharts';
import { type Axis, type PlotFrame, roomAbove, roomBelow } from './frame.ts';
import { type Geometry, linearOf } from './geometry.ts';
import type { Size } from './sheet/sheet.ts';

export type AxesProps = {
  readonly size: Size;
  readonly frame: PlotFrame;
  readonly onGeometry: (geometry: Geometry) => void;
  /** The canvases. */
  readonly children: ReactNode;
};

type TickAt = Pick<XAxisTickContentProps, 'x' | 'y' | 'payload'>;
type ChartProps = Omit<AxesProps, 'children'>;

const labelOf = ({ ticks }: Axis, value: number): string =>
  ticks.find(({ at }) => Math.abs(at - value) < 1e-9 * Math.max(1, Math.abs(at)))?.label ?? '';

/** Draws the frame and reports the geometry whenever it changes. */
export function Axes({ size, frame, onGeometry, children }: AxesProps) {
  return (
    <div className="axes" style={{ width: size.width, height: size.height }} aria-hidden="true">
      <Chart size={size} frame={frame} onGeometry={onGeometry} />
      {children}
    </div>
  );
}

const contentOf = ({ x, y, lanes, ...rest }: PlotFrame): string =>
  JSON.stringify([x.domain, x.ticks, y.domain, y.ticks, lanes, rest]);

/** Charts are dear: one is drawn again only when something in its frame is another. */
const isSame = (one: ChartProps, other: ChartProps): boolean =>
  one.size.width === other.size.width &&
  one.size.height === other.size.height &&
  one.onGeometry === other.onGeometry &&
  (one.frame === other.frame || contentOf(one.frame) === contentOf(other.frame));

/** Recharts draws axes for data only. What it is does not matter, since axes are told their ends; so it is not drawn. */
const someData = [
  { x: 0, y: 0 },
  { x: 1, y: 1 },
];

const Chart = memo(function Chart({ size, frame, onGeometry }: ChartProps) {
  const { x, y, fontSize } = frame;
  // Lines stand at the ticks, and names are one short line of text each: Recharts would measure all of them, every time.
  const nameAt = (axis: Axis, anchor: 'middle' | 'end', { x: left, y: top, payload }: TickAt) => (
    <text
      className="recharts-cartesian-axis-tick-value"
      x={left}
      y={top}
      dy={anchor === 'end' ? '0.355em' : '0.71em'}
      textAnchor={anchor}
      fontSize={fontSize}
      fill="var(--lab-soft)"
    >
      {labelOf(axis, Number(payload.value))}
    </text>
  );
  const linesAt = ({ domain: [from, to], ticks }: Axis, start: number, length: number): number[] =>
    ticks.map(({ at }) => start + ((at - from) / (to - from || 1)) * length);
  const inBook = frame.look === 'book';
  return (
    <LineChart
      width={size.width}
      height={size.height}
      data={someData}
      margin={{ top: roomAbove(frame), right: frame.right, bottom: 2, left: 0 }}
      accessibilityLayer={false}
    >
      <CartesianGrid
        stroke={inBook ? 'var(--lab-soft)' : 'var(--lab-grid)'}
        vertical={inBook}
        horizontalCoordinatesGenerator={({ offset }) => linesAt(y, offset.top + offset.height, -offset.height)}
        verticalCoordinatesGenerator={({ offset }) => (inBook ? linesAt(x, offset.left, offset.width) : [])}
        {...(inBook ? { strokeDasharray: '1 3' } : {})}
      />
      <XAxis
        dataKey="x"
        type="number"
        domain={[...x.domain]}
        ticks={x.ticks.map(({ at }) => at)}
        tickFormatter={(value: number) => labelOf(x, value)}
        tick={(props) => nameAt(x, 'middle', props)}
        height={roomBelow(frame)}
        stroke={inBook ? 'var(--lab-soft)' : 'var(--lab-line)'}
        interval="preserveStartEnd"
        includeHidden
        allowDataOverflow
      />
      <YAxis
        type="number"
        domain={[...y.domain]}
        ticks={y.ticks.map(({ at }) => at)}
        tickFormatter={(value: number) => labelOf(y, value)}
        tick={(props) => nameAt(y, 'end', props)}
        width={frame.left}
        stroke={inBook ? 'var(--lab-soft)' : 'var(--lab-line)'}
        interval={0}
        includeHidden
        allowDataOverflow
      />
      {frame.lanes.map(({ from, to }) => (
        <ReferenceArea key={from} y1={from} y2={to} fill="var(--lab-raised)" fillOpacity={0.7} stroke="none" />
      ))}
      <Line dataKey="y" hide />
      <Surveyor xDomain={x.domain} yDomain={y.domain} onGeometry={onGeometry} />
    </LineChart>
  );
}, isSame);

type SurveyorProps = {
  readonly xDomain: readonly [number, number];
  readonly yDomain: readonly [number, number];
  readonly onGeometry: (geometry: Geometry) => void;
};

/** Stands inside the chart, where its scales can be asked for, and draws nothing. */
function Surveyor({ xDomain, yDomain, onGeometry }: SurveyorProps) {
  const area = usePlotArea();
  const xScale = useXAxisScale();
  const yScale = useYAxisScale();
  const inverse = useXAxisInverseScale();
  const reported = useRef('');
  useLayoutEffect(() => {
    if (area === undefined || xScale === undefined || yScale === undefined) return;
    const x = linearOf(xScale, xDomain);
    const y = linearOf(yScale, yDomain);
    const key = JSON.stringify([area, x(0), x(1), y(0), y(1), xDomain]);
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
