/** The factors of a chain as bars in decades, up where they grow and down where they shrink, and the gradient of each neuron. */
import { useComputedColorScheme } from '@mantine/core';
import type { Magnitude } from '../../../shared/core/magnitude.ts';
import { powerOfTen } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { useSize } from '../../plots/use-size.ts';
import { layerColours } from '../../theme.ts';

const small = { left: 44, top: 16, bottom: 12, height: 220, dot: 6 };
/** On the projector type is larger. */
const large = { left: 88, top: 24, bottom: 20, height: 420, dot: 10 };
/** A factor of exactly 0 has no place among decades: its bar goes to the bottom. */
const finite = (value: number): boolean => Number.isFinite(value);

type Props = {
  /** What each neuron multiplies a gradient by, and the gradient of its bias. */
  readonly factors: readonly Magnitude[];
  readonly gradients: readonly Magnitude[];
  /** The neuron that is being changed; null: none. */
  readonly chosen: number | null;
  readonly colours: { readonly grows: string; readonly shrinks: string };
  readonly projected?: boolean;
};

/** Draws the plot above the row of neurons, column by column. */
export function ChainPlot({ factors, gradients, chosen, colours, projected = false }: Props) {
  const { height, dot, ...margin } = projected ? large : small;
  const { say } = useWords();
  const [box, { width }] = useSize<HTMLDivElement>();
  const hues = layerColours(useComputedColorScheme('light'), factors.length);
  const all = [...factors, ...gradients].map(({ log10 }) => log10).filter(finite);
  const low = Math.floor(Math.min(-1, ...all));
  const high = Math.ceil(Math.max(1, ...all));
  const column = Math.max(0, width - margin.left) / factors.length;
  const y = (decades: number): number =>
    margin.top +
    ((high - Math.max(low, Math.min(high, decades))) / (high - low)) * (height - margin.top - margin.bottom);
  const x = (j: number): number => margin.left + (j + 0.5) * column;
  const every = Math.max(1, Math.ceil((high - low) / 8));
  const ticks = Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, i) => high - i * every);
  const bar = Math.min(28, column * 0.5);
  return (
    <div ref={box}>
      <svg width={width} height={height} role="img" aria-label={say('figure.chain.plot')}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line className="figure-grid" x1={margin.left} x2={width} y1={y(tick)} y2={y(tick)} />
            <text className="figure-tick" x={margin.left - 6} y={y(tick) + 4} textAnchor="end">
              {tick === 0 ? '1' : powerOfTen(tick)}
            </text>
          </g>
        ))}
        {chosen !== null && (
          <rect
            x={x(chosen) - column / 2}
            y={0}
            width={column}
            height={height}
            fill="var(--lab-accentWash)"
            opacity={0.5}
          />
        )}
        <line className="figure-axis" x1={margin.left} x2={width} y1={y(0)} y2={y(0)} />
        {factors.map(({ log10 }, j) => {
          const end = finite(log10) ? y(log10) : height - margin.bottom;
          return (
            <rect
              key={j}
              x={x(j) - bar / 2}
              y={Math.min(y(0), end)}
              width={bar}
              height={Math.max(2, Math.abs(end - y(0)))}
              fill={log10 > 0 ? colours.grows : colours.shrinks}
            />
          );
        })}
        <polyline
          points={gradients.flatMap(({ log10 }, j) => (finite(log10) ? [`${x(j)},${y(log10)}`] : [])).join(' ')}
          fill="none"
          stroke="var(--lab-ink)"
          strokeWidth={1.5}
        />
        {gradients.map(({ log10 }, j) => (
          <circle
            key={j}
            cx={x(j)}
            cy={finite(log10) ? y(log10) : height - margin.bottom}
            r={dot}
            fill={hues[j]}
            stroke="var(--lab-panel)"
            strokeWidth={2}
          />
        ))}
      </svg>
    </div>
  );
}
