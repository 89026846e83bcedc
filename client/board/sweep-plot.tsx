/** The plot of a class sweep: a dot for each value as it arrives, across the values, in powers of ten; one's own marked. */
import { useMemo } from 'react';
import { axisNumber, plainNumber, powerOfTen } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { saidField, saidValue } from '../../shared/words/difference.ts';
import { type DecadeScale, decadeScale, emptyExtent, heightOf, widened } from '../../shared/drawing/decades.ts';
import { useSize } from '../plots/use-size.ts';
import type { Sweep } from '../../shared/protocol/sweeps.ts';
import { axisOf, type Dot, pathOf } from './sweep-facts.ts';
import type { PredictedRatio } from './use-sweep-theory.ts';

const small = { left: 56, right: 16, top: 16, bottom: 44, dot: 5, label: 18 };
/** On the projector type is as large as the back row needs it. */
const large = { left: 112, right: 24, top: 24, bottom: 84, dot: 10, label: 36 };

type Props = {
  readonly sweep: Sweep;
  readonly dots: readonly Dot[];
  /** What theory predicts, drawn dashed. */
  readonly theory: readonly PredictedRatio[];
  readonly picked: number | null;
  readonly onPick: (index: number) => void;
  readonly label: string;
  readonly still: boolean;
};

/** Draws the plot as wide and high as its place. Dots are pressed with a pointer; the table has them for the keyboard. */
export function SweepPlot({ sweep, dots, theory, picked, onPick, label, still }: Props) {
  const margin = still ? large : small;
  const { say, language } = useWords();
  const [box, { width, height }] = useSize<HTMLDivElement>();
  const axis = useMemo(() => axisOf(sweep), [sweep]);
  const scale = useMemo(() => {
    const ratios = dots.map(({ ratio }) => ratio);
    const predicted = theory.map(({ ratio }) => ratio);
    return decadeScale(widened(widened(emptyExtent, ratios, 0, ratios.length), predicted, 0, predicted.length));
  }, [dots, theory]);
  const inner = {
    width: Math.max(0, width - margin.left - margin.right),
    height: Math.max(0, height - margin.top - margin.bottom),
  };
  const [bottom, top] = scale.domain;
  const y = (decade: number): number => margin.top + inner.height * (1 - (decade - bottom) / (top - bottom));
  const x = (dot: Pick<Dot, 'value'>): number => margin.left + inner.width * axis.at(dot.value);
  const path = pathOf(sweep.field);
  const radius = dots.length > 150 ? margin.dot * 0.6 : margin.dot;
  // The own dot lies above the others.
  const inOrder = dots.toSorted((a, b) => Number(a.own) - Number(b.own));
  const crowded = axis.ticks.length > 4 && width < 560 && typeof axis.ticks[0] === 'string';
  return (
    <div className="sweep-plot" ref={box}>
      {width > 0 && (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={label}
          data-testid="sweep-plot"
          data-dots={dots.length}
        >
          {ticksOf(scale).map((decade) => (
            <g key={decade}>
              <line
                className="sweep-grid"
                x1={margin.left}
                x2={margin.left + inner.width}
                y1={y(decade)}
                y2={y(decade)}
              />
              <text className="sweep-tick" x={margin.left - 8} y={y(decade)} textAnchor="end" dominantBaseline="middle">
                {decade > -3 && decade < 4
                  ? plainNumber(Number((10 ** decade).toPrecision(1)), language)
                  : powerOfTen(decade)}
              </text>
            </g>
          ))}
          {scale.lanes.map(({ lane, from, to, at }) => (
            <g key={lane}>
              <rect
                className="sweep-lane"
                x={margin.left}
                width={inner.width}
                y={y(to)}
                height={Math.abs(y(from) - y(to))}
              />
              <text className="sweep-tick" x={margin.left - 8} y={y(at)} textAnchor="end" dominantBaseline="middle">
                {lane === 'zero' ? '0' : lane === 'nan' ? 'NaN' : '∞'}
              </text>
            </g>
          ))}
          {axis.ticks.map((value, n) => (
            <text
              key={value}
              className="sweep-tick"
              x={margin.left + inner.width * axis.at(value)}
              y={height - margin.bottom + (crowded && n % 2 === 1 ? margin.label + 14 : margin.label)}
              textAnchor="middle"
            >
              {tickText(value)}
            </text>
          ))}
          {!crowded && (
            <text className="sweep-tick" x={margin.left + inner.width / 2} y={height - 6} textAnchor="middle">
              {saidField(say, path)}
            </text>
          )}
          {theory.length > 0 && <path className="sweep-theory" d={theoryPath()} />}
          {inOrder.map((dot) => (
            <circle
              key={dot.index}
              className={dot.own ? 'sweep-dot own' : 'sweep-dot'}
              data-picked={dot.index === picked}
              cx={x(dot)}
              cy={y(heightOf(scale, dot.ratio) ?? bottom)}
              r={dot.own ? radius + 2 : radius}
              onClick={() => onPick(dot.index)}
            />
          ))}
          {inOrder
            .filter((dot) => dot.own)
            .map((dot) => (
              <text
                key={`own ${dot.index}`}
                className="sweep-own"
                x={Math.min(x(dot), width - 40)}
                y={y(heightOf(scale, dot.ratio) ?? bottom) - 14}
                textAnchor="middle"
              >
                {say('sweep.you')}
              </text>
            ))}
        </svg>
      )}
    </div>
  );

  /** A line through numbers in their order; a dash at each choice. */
  function theoryPath(): string {
    const placed = theory.map(({ value, ratio }) => [x({ value }), y(heightOf(scale, ratio) ?? bottom)] as const);
    if (typeof theory[0]?.value !== 'number') return placed.map(([at, height]) => `M${at - 20} ${height}h40`).join('');
    return `M${placed
      .toSorted(([a], [b]) => a - b)
      .map(([at, height]) => `${at} ${height}`)
      .join('L')}`;
  }

  function tickText(value: number | string): string {
    if (typeof value === 'number') return sweep.field === 'seed' ? String(value) : axisNumber(value, language);
    const text = saidValue(say, language, path, value);
    return text.length > 14 ? `${text.slice(0, 12)}…` : text;
  }
}

const fewDecades = 2.5;

/** The heights of the grid: decades; where there are few of them, also 2 and 5 times each. */
function ticksOf({ ticks, lanes, domain: [bottom, top] }: DecadeScale): number[] {
  const [low, high] = [Math.max(bottom, lanes.find(({ lane }) => lane === 'zero')?.to ?? bottom), top];
  if (high - low > fewDecades) return [...ticks];
  const first = Math.floor(low);
  const all = Array.from({ length: Math.ceil(high) - first + 1 }, (_, n) => first + n);
  return all
    .flatMap((decade) => [0, Math.log10(2), Math.log10(5)].map((part) => decade + part))
    .filter((tick) => tick >= low && tick <= high);
}
