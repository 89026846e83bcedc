/** The slope of an activation drawn over z, with the points at which neurons stand on it. */
import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import { activations } from '../../../shared/core/activations.ts';
import { slopeOf } from '../../../shared/core/chain.ts';
import type { ActivationName } from '../../../shared/core/configuration.ts';
import { plainNumber } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { useSize } from '../../plots/use-size.ts';
import { layerColours } from '../../theme.ts';
import { groupsOf, type Operating, spansOf } from './operating.ts';

const height = 240;
const margin = { left: 44, right: 16, top: 28, bottom: 32 };
/** The figure of the chapter goes from -4 to 4. */
export const slopeReach = 4;
const points = 161;
/** Neurons nearer to each other than this, in pixels, share a mark. */
const together = 14;

type Props = {
  readonly activation: ActivationName;
  /** k of phi(k z). */
  readonly steepness?: number;
  /** z of neurons. */
  readonly operating?: readonly Operating[];
  /** How many layers the colours are for. */
  readonly layers?: number;
  /** A point that is moved along the curve; none where it is left out. */
  readonly z?: number;
  readonly label: string;
};

/** Draws the curve from -4 to 4; what lies beyond stands at the edge, with an arrow. */
export function SlopePlot({ activation, steepness = 1, operating = [], layers = 1, z, label }: Props) {
  const { language } = useWords();
  const [box, { width }] = useSize<HTMLDivElement>();
  const hues = layerColours(useComputedColorScheme('light'), layers);
  const slopeAt = (at: number): number => steepness * slopeOf(activation, steepness * at).value;
  const curve = useMemo(() => curveOf(activation, steepness), [activation, steepness]);
  const most = steepness * activations[activation].steepest;
  const high = Math.max(1.05 * most, 0.26);
  const x = (at: number): number =>
    margin.left +
    ((Math.max(-slopeReach, Math.min(slopeReach, at)) + slopeReach) / (2 * slopeReach)) *
      (width - margin.left - margin.right);
  const y = (slope: number): number => margin.top + (1 - slope / high) * (height - margin.top - margin.bottom);
  const ticks =
    most > 0.5 ? [0, 0.25, 0.5, 0.75, 1].map((share) => share * steepness) : [0, 0.05, 0.1, 0.15, 0.2, 0.25];
  return (
    <div ref={box}>
      <svg width={width} height={height} role="img" aria-label={label}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line className="figure-grid" x1={margin.left} x2={width - margin.right} y1={y(tick)} y2={y(tick)} />
            <text className="figure-tick" x={margin.left - 6} y={y(tick) + 4} textAnchor="end">
              {plainNumber(tick, language)}
            </text>
          </g>
        ))}
        {Array.from({ length: 2 * slopeReach + 1 }, (_, i) => i - slopeReach).map((tick) => (
          <text key={tick} className="figure-tick" x={x(tick)} y={height - margin.bottom + 20} textAnchor="middle">
            {plainNumber(tick, language)}
          </text>
        ))}
        <line className="figure-axis" x1={margin.left} x2={width - margin.right} y1={y(0)} y2={y(0)} />
        <polyline
          points={curve.map(([at, its]) => `${x(at)},${y(its)}`).join(' ')}
          fill="none"
          stroke="var(--lab-accent)"
          strokeWidth={2.5}
          strokeLinejoin="round"
        />
        {groupsOf(operating, (at) => x(at), together).map(({ members, z: its }) => {
          const [at, up] = [x(its), y(slopeAt(its))];
          const beyond = Math.abs(its) > slopeReach ? Math.sign(its) : 0;
          const fill = members.length === 1 ? hues[(members[0] ?? 1) - 1] : 'var(--lab-ink)';
          return (
            <g key={members[0]} data-testid="operating" data-neurons={members.join(' ')}>
              {beyond === 0 ? (
                <circle cx={at} cy={up} r={6} fill={fill} stroke="var(--lab-panel)" strokeWidth={2} />
              ) : (
                <path d={`M${at + beyond * 8} ${up}l${-beyond * 12} -6v12z`} fill={fill} />
              )}
              <text className="figure-point" x={at - beyond * 6} y={up - 10} textAnchor="middle">
                {spansOf(members)}
              </text>
            </g>
          );
        })}
        {z !== undefined && (
          <>
            <line x1={x(z)} x2={x(z)} y1={y(0)} y2={y(slopeAt(z))} stroke="var(--lab-ink)" strokeDasharray="3 3" />
            <circle
              cx={x(z)}
              cy={y(slopeAt(z))}
              r={8}
              fill="var(--lab-ink)"
              stroke="var(--lab-panel)"
              strokeWidth={2}
            />
          </>
        )}
      </svg>
    </div>
  );
}

/** The curve from end to end; a jump at 0 has a point on either side of it. */
const curveOf = (name: ActivationName, steepness: number): (readonly [number, number])[] =>
  Array.from({ length: points }, (_, i) => {
    const at = -slopeReach + (2 * slopeReach * i) / (points - 1);
    return [at, steepness * slopeOf(name, steepness * at).value] as const;
  }).flatMap((point) => (point[0] === 0 && name === 'relu' ? [point, [1e-9, steepness] as const] : [point]));
