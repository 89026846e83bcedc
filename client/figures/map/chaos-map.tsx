/**
 * The map of order and chaos: the variance of the weights to the right, depth upwards; how much of a gradient reaches layer 1, by
 * theory alone, and the dashed line of depths to which two images can still be told apart.
 */
import { useComputedColorScheme } from '@mantine/core';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ActivationName } from '../../../shared/core/configuration.ts';
import { chiOf, correlationDepth, criticalWeights } from '../../../shared/core/theory/meanfield.ts';
import { plainNumber, wholeNumber } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { useSize } from '../../plots/use-size.ts';
import { heatColours, paletteOf } from '../../theme.ts';
import { HeatCanvas } from '../heat-canvas.tsx';
import { Choice, FigureFrame, Slider, timesText } from '../parts.tsx';

const columns = 61;
const [shallowest, deepest] = [2, 64];
const rows = deepest - shallowest + 1;
const shades = 25;
/** Colours end at a factor of a million either way. */
const reach = 6;
/** Networks of more depth than so many xi_c do not train (Schoenholz et al. 2017). */
const trainable = 6;
const biasChoices = ['0', '0.05', '0.3', '1'] as const;
/** The largest variance on the map; the sigmoid's edge lies far out. */
const widest = { tanh: 4, sigmoid: 160, relu: 4 } as const satisfies Partial<Record<ActivationName, number>>;
type Mapped = keyof typeof widest;
const names = ['tanh', 'sigmoid', 'relu'] as const satisfies readonly Mapped[];
const even = Math.log10(1.5);
const height = 300;
const margin = { left: 44, right: 12, top: 8, bottom: 40 };

/** Draws the map. */
export function ChaosMap() {
  const { say, language } = useWords();
  const [name, setName] = useState<Mapped>('tanh');
  const [biases, setBiases] = useState<(typeof biasChoices)[number]>('0.05');
  const [column, setColumn] = useState(26);
  const [depth, setDepth] = useState(40);
  const most = widest[name];
  const weightsOf = useCallback((at: number): number => (most * (at + 1)) / columns, [most]);
  const decades = useMemo(
    () =>
      Float64Array.from({ length: columns }, (_, at) =>
        Math.log10(Math.sqrt(chiOf(name, { weights: weightsOf(at), biases: Number(biases) }))),
      ),
    [name, biases, weightsOf],
  );
  const reaches = useReaches(name, Number(biases), weightsOf);
  const edge = useMemo(() => criticalWeights(name, Number(biases)), [name, biases]);
  const weights = weightsOf(column);
  const ratio = (depth - 1) * (decades[column] ?? 0);
  const lives = reaches[column];
  const values = {
    weights: plainNumber(Number(weights.toPrecision(3)), language),
    depth,
    ratio: timesText(Math.abs(ratio), language),
    edge: edge === null ? '–' : plainNumber(Number(edge.toPrecision(3)), language),
    lives: lives === undefined || lives > 1e4 ? '∞' : wholeNumber(lives, language),
  };
  const said = Math.abs(ratio) < even ? 'even' : ratio < 0 ? 'order' : 'chaos';
  return (
    <FigureFrame
      name="map"
      title={say('figure.map.title')}
      sentence={`${say(`figure.map.${said}`, values)} ${lives === undefined ? '' : say('figure.map.lives', values)}`}
      picture={<Picture {...{ decades, reaches, weightsOf, edge, column, depth, most }} />}
    >
      <p className="figure-note">{say('figure.map.legend')}</p>
      <div className="figure-controls">
        <Slider
          label={say('figure.map.weights')}
          value={column}
          least={0}
          most={columns - 1}
          step={1}
          said={values.weights}
          hook="map-weights"
          onChange={setColumn}
        />
        <Slider
          label={say('figure.map.depth')}
          value={depth}
          least={shallowest}
          most={deepest}
          step={1}
          said={String(depth)}
          hook="map-depth"
          onChange={setDepth}
        />
      </div>
      <Choice
        label={say('figure.activation')}
        options={names.map((value) => ({ value, text: say(`activation.${value}`) }))}
        value={name}
        hook="map-activation"
        onChange={setName}
      />
      <Choice
        label={say('figure.map.biases')}
        options={biasChoices.map((value) => ({ value, text: plainNumber(Number(value), language) }))}
        value={biases}
        hook="map-biases"
        onChange={setBiases}
      />
    </FigureFrame>
  );
}

/** Six times xi_c of every column, a column at a time, since each takes some milliseconds. */
function useReaches(name: Mapped, biases: number, weightsOf: (at: number) => number): readonly number[] {
  const [found, setFound] = useState<readonly number[]>([]);
  useEffect(() => {
    const reaches: number[] = [];
    let frame = 0;
    const work = (): void => {
      for (let n = 0; n < 4 && reaches.length < columns; n++) {
        reaches.push(trainable * correlationDepth(name, { weights: weightsOf(reaches.length), biases }));
      }
      setFound([...reaches]);
      if (reaches.length < columns) frame = requestAnimationFrame(work);
    };
    frame = requestAnimationFrame(work);
    return () => cancelAnimationFrame(frame);
  }, [name, biases, weightsOf]);
  return found;
}

type PictureProps = {
  /** Of each column, the decades that a gradient changes by in a layer. */
  readonly decades: Float64Array;
  readonly reaches: readonly number[];
  readonly weightsOf: (at: number) => number;
  readonly edge: number | null;
  readonly column: number;
  readonly depth: number;
  readonly most: number;
};

function Picture({ decades, reaches, weightsOf, edge, column, depth, most }: PictureProps) {
  const { say, language } = useWords();
  const palette = paletteOf(useComputedColorScheme('light'));
  const [box, { width }] = useSize<HTMLDivElement>();
  const inner = { width: Math.max(0, width - margin.left - margin.right), height: height - margin.top - margin.bottom };
  const colourOf = useMemo(() => {
    const colours = heatColours(palette, shades);
    return (row: number, at: number): string => {
      const ratio = (shallowest + row - 1) * (decades[at] ?? 0);
      const share = (Math.max(-reach, Math.min(reach, ratio)) + reach) / (2 * reach);
      return colours[Math.round(share * (shades - 1))] ?? palette.plot;
    };
  }, [palette, decades]);
  const x = (weights: number): number => margin.left + (weights / most) * inner.width - inner.width / columns / 2;
  const y = (its: number): number => margin.top + inner.height * (1 - (its - shallowest + 0.5) / rows);
  const line = reaches.map((its, at) => `${x(weightsOf(at))},${y(Math.min(deepest + 0.5, its))}`).join(' ');
  return (
    <div ref={box} style={{ position: 'relative', height }}>
      <div style={{ position: 'absolute', left: margin.left, top: margin.top }}>
        <HeatCanvas
          columns={columns}
          rows={rows}
          width={inner.width}
          height={inner.height}
          colourOf={colourOf}
          dotColour={palette.ink}
        />
      </div>
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={say('figure.map.plot')}
        style={{ position: 'absolute' }}
      >
        {[2, 16, 32, 48, 64].map((tick) => (
          <text key={tick} className="figure-tick" x={margin.left - 6} y={y(tick) + 4} textAnchor="end">
            {tick}
          </text>
        ))}
        {[0.25, 0.5, 0.75, 1].map((share) => (
          <text
            key={share}
            className="figure-tick"
            x={margin.left + share * inner.width}
            y={height - 22}
            textAnchor={share === 1 ? 'end' : 'middle'}
          >
            {plainNumber(share * most, language)}
          </text>
        ))}
        <text className="figure-tick" x={margin.left + inner.width / 2} y={height - 5} textAnchor="middle">
          {say('figure.map.across')}
        </text>
        <polyline points={line} fill="none" stroke={palette.ink} strokeWidth={2} strokeDasharray="6 5" />
        {edge !== null && edge <= most && (
          <line x1={x(edge)} x2={x(edge)} y1={margin.top} y2={margin.top + inner.height} stroke={palette.ink} />
        )}
        <circle
          cx={x(weightsOf(column))}
          cy={y(depth)}
          r={8}
          fill={palette.ink}
          stroke={palette.panel}
          strokeWidth={2}
        />
      </svg>
    </div>
  );
}
