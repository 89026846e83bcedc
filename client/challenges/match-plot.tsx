/** Curves of a match: the speed of each hidden layer at the start next to the last one's, in powers of ten, each with its number. */
import { useMemo } from 'react';
import type { ChallengePoint } from '../../shared/protocol/challenges.ts';
import { fromWireNumber } from '../../shared/protocol/wire-numbers.ts';
import { decadeScale, emptyExtent, heightOf, widened } from '../../shared/drawing/decades.ts';
import { powerOfTen } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { useSize } from '../plots/use-size.ts';

const small = { left: 52, right: 16, top: 28, bottom: 40, type: 12 };
const large = { left: 96, right: 24, top: 48, bottom: 76, type: 24 };
/** Lines are told apart by their numbers at both ends, and by their dashes. */
const dashes = ['', '8 5', '2 4', '12 4 2 4', '5 3', '14 6', '1 6', '10 3 1 3 1 3'];

type Props = {
  readonly points: readonly ChallengePoint[];
  /** What each curve is, once that is known. */
  readonly names: readonly string[] | null;
  readonly projected: boolean;
};

/** Draws those that have been measured. */
export function MatchPlot({ points, names, projected }: Props) {
  const { say } = useWords();
  const [box, { width, height }] = useSize<HTMLDivElement>();
  const margin = projected ? large : small;
  const curves = useMemo(
    () =>
      points
        .toSorted(([one], [other]) => one - other)
        .map(([index, ...speeds]) => {
          const values = speeds.map(fromWireNumber);
          const last = values.at(-1) ?? Number.NaN;
          return { index, ratios: values.map((speed) => speed / last) };
        }),
    [points],
  );
  const scale = useMemo(
    () => decadeScale(curves.reduce((extent, { ratios }) => widened(extent, ratios, 0, ratios.length), emptyExtent)),
    [curves],
  );
  const layers = Math.max(2, ...curves.map(({ ratios }) => ratios.length));
  const [bottom, top] = scale.domain;
  const inner = { width: width - margin.left - margin.right, height: height - margin.top - margin.bottom };
  const x = (layer: number): number => margin.left + (inner.width * (layer - 1)) / (layers - 1);
  const y = (ratio: number): number =>
    margin.top + inner.height * (1 - ((heightOf(scale, ratio) ?? bottom) - bottom) / (top - bottom));
  const label = curves
    .map(({ index, ratios }) =>
      say('match.curve.said', { curve: index + 1, decades: powerOfTen(decadesOf(ratios[0])) }),
    )
    .join(' ');
  return (
    <div className="match-plot" ref={box}>
      {width > 0 && curves.length > 0 && (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={`${say('match.plot')} ${label}`}
          data-testid="match-plot"
        >
          {scale.ticks.map((decade) => (
            <g key={decade}>
              <line
                className="sweep-grid"
                x1={margin.left}
                x2={width - margin.right}
                y1={y(10 ** decade)}
                y2={y(10 ** decade)}
              />
              <text
                className="sweep-tick"
                x={margin.left - 8}
                y={y(10 ** decade) + 4}
                textAnchor="end"
                fontSize={margin.type}
              >
                {decade === 0 ? '1' : powerOfTen(decade)}
              </text>
            </g>
          ))}
          {Array.from({ length: layers }, (_, n) => n + 1).map((layer) => (
            <text
              key={layer}
              className="sweep-tick"
              x={x(layer)}
              y={height - margin.bottom + margin.type * 1.4}
              textAnchor="middle"
              fontSize={margin.type}
            >
              {layer}
            </text>
          ))}
          <text
            className="sweep-tick"
            x={margin.left + inner.width / 2}
            y={height - 4}
            textAnchor="middle"
            fontSize={margin.type}
          >
            {say('match.across')}
          </text>
          {curves.map(({ index, ratios }) => (
            <g key={index}>
              <polyline
                className="match-line"
                strokeDasharray={dashes[index % dashes.length]}
                points={ratios.map((ratio, n) => `${x(n + 1)},${y(ratio)}`).join(' ')}
              />
              <text className="match-label" x={x(1) + 4} y={y(ratios[0] ?? 1) - 6}>
                {index + 1}
                {names !== null && ` ${names[index] ?? ''}`}
              </text>
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}

const decadesOf = (ratio = Number.NaN): number => Math.round(Math.log10(ratio));
