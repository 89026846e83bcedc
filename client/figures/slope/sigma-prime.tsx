/** The slope of an activation: what a gradient is multiplied by at each neuron, with the operating points of some neurons on it. */
import { useComputedColorScheme } from '@mantine/core';
import { useMemo, useState } from 'react';
import { activations } from '../../../shared/core/activations.ts';
import { slopeOf } from '../../../shared/core/chain.ts';
import type { ActivationName } from '../../../shared/core/configuration.ts';
import { factorNumber, plainNumber } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { useSize } from '../../plots/use-size.ts';
import { layerColours } from '../../theme.ts';
import { Choice, FigureFrame, Slider } from '../parts.tsx';

const height = 240;
const margin = { left: 44, right: 16, top: 16, bottom: 32 };
/** The figure of the chapter goes from -4 to 4. */
const reach = 4;
const names: readonly ActivationName[] = ['sigmoid', 'tanh', 'relu', 'softsign', 'gelu'];
const points = 161;

type Props = {
  /** z of some neurons, the first layer first. */
  readonly operating?: readonly { readonly layer: number; readonly z: number }[];
  readonly layers?: number;
};

/** Draws the slope; a neuron of one's own is moved along it. */
export function SigmaPrime({ operating = [], layers = 1 }: Props) {
  const { say, language } = useWords();
  const [box, { width }] = useSize<HTMLDivElement>();
  const [name, setName] = useState<ActivationName>('sigmoid');
  const [z, setZ] = useState(2);
  const hues = layerColours(useComputedColorScheme('light'), layers);
  const curve = useMemo(() => curveOf(name), [name]);
  const most = activations[name].steepest;
  const high = Math.max(1.05 * most, 0.26);
  const x = (at: number): number =>
    margin.left +
    ((Math.max(-reach, Math.min(reach, at)) + reach) / (2 * reach)) * (width - margin.left - margin.right);
  const y = (slope: number): number => margin.top + (1 - slope / high) * (height - margin.top - margin.bottom);
  const slope = slopeOf(name, z).value;
  const ticks = most > 0.5 ? [0, 0.25, 0.5, 0.75, 1] : [0, 0.05, 0.1, 0.15, 0.2, 0.25];
  const values = {
    z: plainNumber(z, language),
    slope: factorNumber(slope, language),
    most: factorNumber(most, language),
    rest: slope === 0 ? '∞' : plainNumber(Number((most / slope).toPrecision(2)), language),
  };
  return (
    <FigureFrame
      name="slope"
      picture={picture()}
      title={say('figure.slope.title')}
      sentence={say(
        slope === 0 ? 'figure.slope.off' : `figure.slope.${name === 'sigmoid' ? 'sigmoid' : 'other'}`,
        values,
      )}
    >
      <Slider
        label="z"
        value={z}
        least={-reach}
        most={reach}
        step={0.1}
        said={plainNumber(z, language)}
        hook="slope-z"
        onChange={(value) => setZ(Number(value.toFixed(1)))}
      />
      <Choice
        label={say('figure.activation')}
        options={names.map((value) => ({ value, text: say(`activation.${value}`) }))}
        value={name}
        hook="slope-activation"
        onChange={setName}
      />
    </FigureFrame>
  );

  function picture() {
    return (
      <div ref={box}>
        <svg width={width} height={height} role="img" aria-label={say('figure.slope.plot')}>
          {ticks.map((tick) => (
            <g key={tick}>
              <line className="figure-grid" x1={margin.left} x2={width - margin.right} y1={y(tick)} y2={y(tick)} />
              <text className="figure-tick" x={margin.left - 6} y={y(tick) + 4} textAnchor="end">
                {plainNumber(tick, language)}
              </text>
            </g>
          ))}
          {Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach).map((tick) => (
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
          {operating.map(({ layer, z: its }, i) => (
            <circle key={i} cx={x(its)} cy={y(slopeOf(name, its).value)} r={4} fill={hues[layer - 1]} opacity={0.8} />
          ))}
          <line x1={x(z)} x2={x(z)} y1={y(0)} y2={y(slope)} stroke="var(--lab-ink)" strokeDasharray="3 3" />
          <circle cx={x(z)} cy={y(slope)} r={8} fill="var(--lab-ink)" stroke="var(--lab-panel)" strokeWidth={2} />
        </svg>
      </div>
    );
  }
}

/** The curve from end to end; a jump at 0 has a point on either side of it. */
const curveOf = (name: ActivationName): (readonly [number, number])[] =>
  Array.from({ length: points }, (_, i) => {
    const at = -reach + (2 * reach * i) / (points - 1);
    return [at, slopeOf(name, at).value] as const;
  }).flatMap((point) => (point[0] === 0 && name === 'relu' ? [point, [1e-9, 1] as const] : [point]));
