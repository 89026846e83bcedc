/**
 * How rare luck is: where |w sigma'(wa + b)| is at least 1, a lens in the plane of weight and input, and a million random
 * neurons, of which few lie in it.
 */
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { createLuck, type LuckSummary, widestRegion, widthOfRegion } from '../../../shared/core/luck.ts';
import { factorNumber, percentOf, plainNumber, powerOfTen, times, wholeNumber } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { useSize } from '../../plots/use-size.ts';
import { heatColours, paletteOf } from '../../theme.ts';
import { Choice, FigureButton, FigureFrame, Slider } from '../parts.tsx';

const scales = ['1', '4', '6.9', '20', '100'] as const;
const all = 1_000_000;
/** Neurons of a portion: some milliseconds of work. */
const portion = 10_000;
/** So many neurons are drawn as dots. */
const dots = 4000;
const height = 300;
const margin = { left: 44, right: 12, top: 12, bottom: 40 };
/** Of the plane: half the width in a, and the largest |w|. */
const [reach, heaviest] = [0.6, 24];
const widest = widestRegion();

type Drawn = { readonly summary: LuckSummary; readonly decades: readonly number[] };

/** Draws the figure. */
export function Luck() {
  const { say, language } = useWords();
  const palette = paletteOf(useComputedColorScheme('light'));
  const [box, { width }] = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [scale, setScale] = useState<(typeof scales)[number]>('1');
  const [seed, setSeed] = useState(1);
  const [weight, setWeight] = useState(6.9);
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const colours = heatColours(palette, 3);
  const lucky = colours[2] ?? '';
  const unlucky = colours[0] ?? '';

  useEffect(() => {
    const luck = createLuck(Number(scale), seed);
    const context = canvas.current?.getContext('2d') ?? null;
    const ratio = devicePixelRatio;
    if (canvas.current !== null && width > 0) {
      canvas.current.width = Math.round(width * ratio);
      canvas.current.height = Math.round(height * ratio);
    }
    context?.scale(ratio, ratio);
    let shown = 0;
    let frame = 0;
    const work = (): void => {
      luck.draw(portion, ({ w, b, a, ln }) => {
        if (context === null || shown >= dots) return;
        shown++;
        const size = Math.abs(w);
        const from = a + b / w;
        if (size > heaviest || Math.abs(from) > reach) return;
        const isLucky = ln >= 0;
        context.fillStyle = isLucky ? lucky : unlucky;
        const [atX, atY] = [xOf(from, width), yOf(size)];
        const radius = isLucky ? 2.5 : 1.25;
        context.fillRect(atX - radius, atY - radius, 2 * radius, 2 * radius);
      });
      setDrawn({ summary: luck.summary(), decades: luck.decades() });
      if (luck.summary().count < all) frame = requestAnimationFrame(work);
    };
    frame = requestAnimationFrame(work);
    return () => cancelAnimationFrame(frame);
  }, [scale, seed, width, lucky, unlucky]);

  const lens = lensPath(width);
  const its = widthOfRegion(weight);
  return (
    <FigureFrame name="luck" title={say('figure.luck.title')} sentence={sentence()} picture={picture()}>
      <div className="figure-choice">
        <Choice
          label={say('figure.luck.scale')}
          options={scales.map((value) => ({ value, text: plainNumber(Number(value), language) }))}
          value={scale}
          hook="luck-scale"
          onChange={setScale}
        />
        <FigureButton text={say('figure.luck.again')} hook="luck-again" onPress={() => setSeed(seed + 1)} />
      </div>
      <Slider
        label="|w|"
        value={weight}
        least={0}
        most={heaviest}
        step={0.1}
        said={plainNumber(weight, language)}
        hook="luck-weight"
        onChange={(value) => setWeight(Number(value.toFixed(1)))}
      />
    </FigureFrame>
  );

  function picture() {
    return (
      <div className="figure-pair">
        <div>
          <div ref={box} style={{ position: 'relative', height }}>
            <canvas ref={canvas} style={{ position: 'absolute', width, height }} aria-hidden="true" />
            <svg
              width={width}
              height={height}
              role="img"
              aria-label={say('figure.luck.plane')}
              style={{ position: 'absolute' }}
            >
              <path d={lens} fill={lucky} fillOpacity={0.16} stroke={lucky} strokeWidth={2} />
              {[0, 4, 8, 12, 16, 20, 24].map((tick) => (
                <text key={tick} className="figure-tick" x={margin.left - 6} y={yOf(tick) + 4} textAnchor="end">
                  {tick}
                </text>
              ))}
              {[-0.5, -0.25, 0, 0.25, 0.5].map((tick) => (
                <text key={tick} className="figure-tick" x={xOf(tick, width)} y={height - 22} textAnchor="middle">
                  {plainNumber(tick, language)}
                </text>
              ))}
              <text className="figure-tick" x={xOf(0, width)} y={height - 5} textAnchor="middle">
                {say('figure.luck.across')}
              </text>
              <text className="figure-tick" x={margin.left + 4} y={16}>
                |w|
              </text>
              <line
                x1={xOf(-its / 2, width)}
                x2={xOf(its / 2, width)}
                y1={yOf(weight)}
                y2={yOf(weight)}
                stroke="var(--lab-ink)"
                strokeWidth={3}
              />
            </svg>
          </div>
          <p className="figure-note" data-testid="luck-width">
            {say(its === 0 ? 'figure.luck.none' : 'figure.luck.width', {
              weight: plainNumber(weight, language),
              width: factorNumber(its, language),
              most: factorNumber(widest.width, language),
              at: plainNumber(Number(widest.weight.toFixed(2)), language),
            })}
          </p>
        </div>
        <Decades drawn={drawn} lucky={lucky} unlucky={unlucky} />
      </div>
    );
  }

  function sentence(): string {
    if (drawn === null) return '';
    const { count, lucky: share, geometricMean } = drawn.summary;
    return say(share === 0 ? 'figure.luck.sentence.none' : 'figure.luck.sentence', {
      count: wholeNumber(count, language),
      lucky: wholeNumber(share * count, language),
      share: percentOf(share, language),
      shrink: times(1 / geometricMean, language),
    });
  }
}

const xOf = (from: number, width: number): number =>
  margin.left + ((from + reach) / (2 * reach)) * (width - margin.left - margin.right);
const yOf = (size: number): number =>
  height - margin.bottom - (size / heaviest) * (height - margin.top - margin.bottom);

/** The edge of the lens: up its right side from |w| = 4, and down its left one. */
function lensPath(width: number): string {
  const sizes = Array.from({ length: 101 }, (_, i) => 4 + ((heaviest - 4) * i * i) / 10_000);
  const side = (sign: number) => sizes.map((w) => `${xOf((sign * widthOfRegion(w)) / 2, width)} ${yOf(w)}`);
  return `M${[...side(1), ...side(-1).toReversed()].join('L')}Z`;
}

const least = -6;

type DecadesProps = { readonly drawn: Drawn | null; readonly lucky: string; readonly unlucky: string };

/** How many of the factors lie in each quarter of a decade. */
function Decades({ drawn, lucky, unlucky }: DecadesProps) {
  const { say, language } = useWords();
  const [box, { width }] = useSize<HTMLDivElement>();
  // What is smaller than the picture reaches is counted at its left end.
  const whole = drawn?.decades ?? [];
  const skipped = (least + 12) * 4;
  const counts = whole.slice(skipped);
  const shares = counts.map((count, i) => (i === 0 ? whole.slice(0, skipped + 1).reduce((a, b) => a + b, 0) : count));
  const most = Math.max(1, ...shares);
  const column = Math.max(0, width - 24) / Math.max(1, shares.length);
  const x = (quarter: number): number => 12 + quarter * column;
  const y = (count: number): number => margin.top + (1 - count / most) * (height - margin.top - margin.bottom);
  return (
    <div ref={box}>
      <svg width={width} height={height} role="img" aria-label={say('figure.luck.decades')}>
        {shares.map((count, quarter) => (
          <rect
            key={quarter}
            x={x(quarter) + 0.5}
            width={Math.max(0, column - 1)}
            y={y(count)}
            height={height - margin.bottom - y(count)}
            fill={quarter >= -least * 4 ? lucky : unlucky}
          />
        ))}
        <line
          x1={x(-least * 4)}
          x2={x(-least * 4)}
          y1={margin.top}
          y2={height - margin.bottom}
          stroke="var(--lab-ink)"
          strokeDasharray="4 3"
        />
        {[-6, -4, -2, 0].map((tick) => (
          <text
            key={tick}
            className="figure-tick"
            x={x((tick - least) * 4)}
            y={height - 22}
            textAnchor={tick === least ? 'start' : 'middle'}
          >
            {tick === 0 ? '1' : tick === least ? `≤ ${powerOfTen(tick)}` : powerOfTen(tick)}
          </text>
        ))}
        <text className="figure-tick" x={width / 2} y={height - 5} textAnchor="middle">
          |w σ′(wa + b)|
        </text>
      </svg>
      <p className="figure-note">
        {drawn === null
          ? ''
          : say('figure.luck.numbers', {
              below: percentOf(drawn.summary.below, language),
              mean: factorNumber(drawn.summary.mean, language),
              median: factorNumber(drawn.summary.median, language),
              geometric: factorNumber(drawn.summary.geometricMean, language),
            })}
      </p>
    </div>
  );
}
