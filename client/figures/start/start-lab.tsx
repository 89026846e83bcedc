/** The step-0 laboratory: a hundred networks are drawn and measured once, untrained, and the theory's line lies over them. */
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ActivationName, InitializationScheme } from '../../../shared/core/configuration.ts';
import { decadeScale, emptyExtent, heightOf, widened } from '../../../shared/drawing/decades.ts';
import { powerOfTen, wholeNumber } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { useSize } from '../../plots/use-size.ts';
import { layerColours } from '../../theme.ts';
import { Choice, FigureFrame, Slider, timesText } from '../parts.tsx';
import type { StartOrder, StartReport } from './start-messages.ts';

const networks = 100;
/** Few images are enough for what many networks have in common. */
const images = 200;
const width = 30;
const activations: readonly ActivationName[] = ['sigmoid', 'tanh', 'relu'];
const schemes: readonly InitializationScheme[] = [
  'scaled-normal',
  'standard-normal',
  'standard-uniform',
  'xavier-normal',
  'he-normal',
  'orthogonal',
];
/** Below this, in decades, layers learn about equally fast. */
const even = Math.log10(1.5);

type Found = Pick<StartReport, 'theory' | 'speeds'>;
const nothing: Found = { theory: null, speeds: [] };

/** Draws the laboratory. */
export function StartLab() {
  const { say, language } = useWords();
  const [depth, setDepth] = useState(4);
  const [activation, setActivation] = useState<ActivationName>('sigmoid');
  const [scheme, setScheme] = useState<InitializationScheme>('scaled-normal');
  const { found, failed } = useStarts(depth, activation, scheme);
  const { speeds, theory } = found;
  const ratios = speeds.map((its) => Math.log10((its.at(-1) ?? NaN) / (its[0] ?? NaN))).toSorted((a, b) => a - b);
  const middle = ratios[Math.floor(ratios.length / 2)] ?? NaN;
  const ordered = speeds.filter((its) => its.every((speed, l) => l === 0 || speed > (its[l - 1] ?? NaN))).length;
  const values = {
    depth,
    count: wholeNumber(speeds.length, language),
    ordered: wholeNumber(ordered, language),
    ratio: timesText(Math.abs(middle), language),
  };
  const said = ((): string => {
    if (failed) return say('figure.start.failed');
    if (speeds.length === 0) return say('figure.start.waiting');
    if (depth === 1) return say('figure.start.single', values);
    if (!Number.isFinite(middle)) return say('figure.start.nothing', values);
    if (Math.abs(middle) < even) return say('figure.start.even', values);
    if (middle < 0) return say('figure.start.faster', values);
    return say(ordered === speeds.length ? 'figure.start.slower.all' : 'figure.start.slower', values);
  })();
  return (
    <FigureFrame
      name="start"
      title={say('figure.start.title', { width })}
      sentence={said}
      picture={<Dots speeds={speeds} theory={theory} depth={depth} />}
    >
      <Slider
        label={say('figure.start.depth')}
        value={depth}
        least={1}
        most={50}
        step={1}
        said={String(depth)}
        hook="start-depth"
        onChange={setDepth}
      />
      <Choice
        label={say('figure.activation')}
        options={activations.map((value) => ({ value, text: say(`activation.${value}`) }))}
        value={activation}
        hook="start-activation"
        onChange={setActivation}
      />
      <Choice
        label={say('figure.start.scheme')}
        options={schemes.map((value) => ({ value, text: say(`scheme.${value}`) }))}
        value={scheme}
        hook="start-scheme"
        onChange={setScheme}
      />
    </FigureFrame>
  );
}

/** A drag of a slider asks for nothing until it rests so long, in ms. */
const rest = 150;

function useStarts(depth: number, activation: ActivationName, scheme: InitializationScheme) {
  const [found, setFound] = useState(nothing);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let worker: Worker | null = null;
    const begin = (): void => {
      worker = new Worker(new URL('./start-worker.ts', import.meta.url), { type: 'module' });
      let isFirst = true;
      worker.addEventListener('message', ({ data }: MessageEvent<StartReport>) => {
        const begun = isFirst;
        isFirst = false;
        setFailed(false);
        setFound(({ speeds }) => ({ theory: data.theory, speeds: begun ? data.speeds : [...speeds, ...data.speeds] }));
      });
      const fail = (event: Event): void => {
        event.preventDefault();
        setFailed(true);
      };
      worker.addEventListener('error', fail);
      const order: StartOrder = {
        number: 1,
        networks,
        input: {
          dataset: { name: 'mnist', train: images, test: 0 },
          hidden: Array<number>(depth).fill(width),
          activation,
          initialization: { scheme },
          batchSize: 'full',
          probe: images,
        },
      };
      worker.postMessage(order);
    };
    const timer = setTimeout(begin, rest);
    return () => {
      clearTimeout(timer);
      worker?.terminate();
    };
  }, [depth, activation, scheme]);
  return { found, failed };
}

const height = 300;
const margin = { left: 44, right: 12, top: 12, bottom: 40 };

type DotsProps = {
  readonly speeds: Found['speeds'];
  readonly theory: Found['theory'];
  readonly depth: number;
};

/** A column of dots for each layer, and the dashed line of theory. */
function Dots({ speeds, theory, depth }: DotsProps) {
  const { say } = useWords();
  const [box, { width: wide }] = useSize<HTMLDivElement>();
  const hues = layerColours(useComputedColorScheme('light'), depth);
  // While a new depth is being measured the old dots stay.
  const layers = speeds[0]?.length ?? depth;
  const predicted = theory?.slice(0, layers) ?? [];
  const all = speeds.flat();
  const scale = decadeScale(widened(widened(emptyExtent, all, 0, all.length), predicted, 0, predicted.length));
  const [bottom, top] = scale.domain;
  const y = (value: number): number => {
    const at = heightOf(scale, value) ?? bottom;
    return margin.top + (1 - (at - bottom) / (top - bottom)) * (height - margin.top - margin.bottom);
  };
  const column = Math.max(0, wide - margin.left - margin.right) / layers;
  const x = (l: number): number => margin.left + (l + 0.5) * column;
  const spread = Math.min(0.6 * column, 36);
  const every = Math.max(1, Math.ceil(layers / Math.max(1, (wide - 60) / 28)));
  return (
    <div ref={box}>
      <svg width={wide} height={height} role="img" aria-label={say('figure.start.plot')} data-networks={speeds.length}>
        {scale.ticks.map((tick) => (
          <g key={tick}>
            <line
              className="figure-grid"
              x1={margin.left}
              x2={wide - margin.right}
              y1={y(10 ** tick)}
              y2={y(10 ** tick)}
            />
            <text className="figure-tick" x={margin.left - 6} y={y(10 ** tick) + 4} textAnchor="end">
              {powerOfTen(tick)}
            </text>
          </g>
        ))}
        {scale.lanes.map(({ lane, at }) => (
          <text
            key={lane}
            className="figure-tick"
            x={margin.left - 6}
            y={margin.top + (1 - (at - bottom) / (top - bottom)) * (height - margin.top - margin.bottom) + 4}
            textAnchor="end"
          >
            {lane === 'zero' ? '0' : lane === 'nan' ? 'NaN' : '∞'}
          </text>
        ))}
        {Array.from({ length: layers }, (_, l) => (
          <g key={l}>
            {speeds.map((its, n) => (
              <circle
                key={n}
                cx={x(l) + (((n * 0.618_034) % 1) - 0.5) * spread}
                cy={y(its[l] ?? NaN)}
                r={layers > 20 ? 1.5 : 2.25}
                fill={hues[l] ?? 'var(--lab-ink)'}
                opacity={0.6}
              />
            ))}
            {l % every === 0 && (
              <text className="figure-tick" x={x(l)} y={height - margin.bottom + 18} textAnchor="middle">
                {l + 1}
              </text>
            )}
          </g>
        ))}
        <polyline
          points={predicted.map((value, l) => `${x(l)},${y(value)}`).join(' ')}
          fill="none"
          stroke="var(--lab-ink)"
          strokeWidth={2}
          strokeDasharray="6 5"
        />
        <text className="figure-tick" x={(margin.left + wide) / 2} y={height - 4} textAnchor="middle">
          {say('figure.start.across')}
        </text>
      </svg>
      <p className="figure-note">{say(theory === null ? 'figure.start.legend' : 'figure.start.legend.theory')}</p>
    </div>
  );
}
