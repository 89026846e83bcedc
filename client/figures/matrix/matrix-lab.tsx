/** The matrix form: the singular values of every factor of a random network, and of their product from the last layer back. */
import { useComputedColorScheme } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ActivationName, InitializationScheme } from '../../../shared/core/configuration.ts';
import { type Jacobian, jacobiansOf } from '../../../shared/core/jacobians.ts';
import { factorNumber, powerOfTen } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { useSize } from '../../plots/use-size.ts';
import { layerColours } from '../../theme.ts';
import { Choice, FigureButton, FigureFrame, Slider, timesText } from '../parts.tsx';

const widths = ['10', '30', '50'] as const;
const activations: readonly ActivationName[] = ['sigmoid', 'tanh', 'relu'];
const schemes: readonly InitializationScheme[] = ['scaled-normal', 'standard-normal', 'he-normal', 'orthogonal'];
const [leastDepth, mostDepth] = [2, 10];
const even = Math.log10(1.5);
/** Values below this are as good as none, and would stretch the axis without end. */
const least = 1e-12;

/** Draws the laboratory. */
export function MatrixLab() {
  const { say, language } = useWords();
  const [width, setWidth] = useState<(typeof widths)[number]>('30');
  const [depth, setDepth] = useState(5);
  const [activation, setActivation] = useState<ActivationName>('sigmoid');
  const [scheme, setScheme] = useState<InitializationScheme>('scaled-normal');
  const [seed, setSeed] = useState(1);
  const factors = useMemo(() => {
    const biasStd = scheme === 'scaled-normal' || scheme === 'standard-normal' ? 1 : 0;
    return jacobiansOf(Number(width), depth, activation, { scheme, gain: 1, biasStd }, seed);
  }, [width, depth, activation, scheme, seed]);
  const [first] = factors;
  const whole = Math.log10(rmsOf(factors.at(-1)?.running ?? []));
  const values = {
    gain: factorNumber(first?.gain ?? NaN, language),
    slope: factorNumber(first?.slope ?? NaN, language),
    both: factorNumber(rmsOf(first?.factor ?? []), language),
    count: factors.length,
    ratio: timesText(Math.abs(whole), language),
    largest: factorNumber(first?.factor[0] ?? NaN, language),
  };
  const said = !Number.isFinite(whole) ? 'nothing' : Math.abs(whole) < even ? 'even' : whole < 0 ? 'shrinks' : 'grows';
  return (
    <FigureFrame
      name="matrix"
      title={say('figure.matrix.title')}
      sentence={`${say('figure.matrix.split', values)} ${say(`figure.matrix.${said}`, values)}`}
      picture={<Values factors={factors} depth={depth} />}
    >
      <p className="figure-note">{say('figure.matrix.legend')}</p>
      <Slider
        label={say('figure.start.depth')}
        value={depth}
        least={leastDepth}
        most={mostDepth}
        step={1}
        said={String(depth)}
        hook="matrix-depth"
        onChange={setDepth}
      />
      <Choice
        label={say('figure.matrix.width')}
        options={widths.map((value) => ({ value, text: value }))}
        value={width}
        hook="matrix-width"
        onChange={setWidth}
      />
      <Choice
        label={say('figure.activation')}
        options={activations.map((value) => ({ value, text: say(`activation.${value}`) }))}
        value={activation}
        hook="matrix-activation"
        onChange={setActivation}
      />
      <Choice
        label={say('figure.start.scheme')}
        options={schemes.map((value) => ({ value, text: say(`scheme.${value}`) }))}
        value={scheme}
        hook="matrix-scheme"
        onChange={setScheme}
      />
      <div>
        <FigureButton text={say('figure.regions.again')} hook="matrix-again" onPress={() => setSeed(seed + 1)} />
      </div>
    </FigureFrame>
  );
}

const rmsOf = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

const height = 300;
const margin = { left: 44, right: 12, top: 12, bottom: 40 };

type ValuesProps = { readonly factors: readonly Jacobian[]; readonly depth: number };

/** Two columns of dots for each factor: its own singular values, hollow, and filled those of the product so far. */
function Values({ factors, depth }: ValuesProps) {
  const { say } = useWords();
  const [box, { width }] = useSize<HTMLDivElement>();
  const hues = layerColours(useComputedColorScheme('light'), depth);
  const decades = (value: number): number => Math.log10(Math.max(least, value));
  const all = factors.flatMap(({ factor, running }) => [...factor, ...running].map(decades));
  const low = Math.floor(Math.min(-1, ...all));
  const high = Math.ceil(Math.max(1, ...all));
  const every = Math.max(1, Math.ceil((high - low) / 8));
  const column = Math.max(0, width - margin.left - margin.right) / factors.length;
  const y = (at: number): number => margin.top + ((high - at) / (high - low)) * (height - margin.top - margin.bottom);
  const x = (n: number, side: number): number => margin.left + (n + 0.5 + side * 0.18) * column;
  return (
    <div ref={box}>
      <svg width={width} height={height} role="img" aria-label={say('figure.matrix.plot')}>
        {Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, i) => high - i * every).map((tick) => (
          <g key={tick}>
            <line
              className={tick === 0 ? 'figure-axis' : 'figure-grid'}
              x1={margin.left}
              x2={width - margin.right}
              y1={y(tick)}
              y2={y(tick)}
            />
            <text className="figure-tick" x={margin.left - 6} y={y(tick) + 4} textAnchor="end">
              {tick === 0 ? '1' : powerOfTen(tick)}
            </text>
          </g>
        ))}
        {factors.map(({ from, to, factor, running }, n) => (
          <g key={to}>
            {factor.map((value, i) => (
              <circle
                key={`own ${i}`}
                cx={x(n, -1)}
                cy={y(decades(value))}
                r={3}
                fill="none"
                stroke="var(--lab-soft)"
                strokeWidth={1}
              />
            ))}
            {running.map((value, i) => (
              <circle key={i} cx={x(n, 1)} cy={y(decades(value))} r={3} fill={hues[to - 1]} />
            ))}
            <text className="figure-tick" x={x(n, 0)} y={height - 22} textAnchor="middle">
              {from} → {to}
            </text>
          </g>
        ))}
        <polyline
          points={factors.map(({ running }, n) => `${x(n, 1)},${y(decades(rmsOf(running)))}`).join(' ')}
          fill="none"
          stroke="var(--lab-ink)"
          strokeWidth={2}
        />
        <text className="figure-tick" x={(margin.left + width) / 2} y={height - 5} textAnchor="middle">
          {say('figure.matrix.across')}
        </text>
      </svg>
    </div>
  );
}
