/** The figure of the start page: two networks learn the same task here in the page, one with a hidden layer and one with four. */
import { useComputedColorScheme } from '@mantine/core';
import { useState } from 'react';
import { percent, powerOfTen, relativeSpeed, times, wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { layerColours } from '../theme.ts';
import { depths, type Moment, steps } from './networks.ts';
import { useTraining } from './use-training.ts';

const [width, height] = [272, 236];
const plot = { left: 38, right: 92, top: 10, bottom: 24 };
const decades = [0, -1, -2, -3, -4, -5, -6];
const xOf = (step: number): number => plot.left + (step / steps) * (width - plot.left - plot.right);
const yOf = (speed: number): number =>
  plot.top + Math.min(1, -Math.log10(Math.max(speed, 1e-7)) / 6.25) * (height - plot.top - plot.bottom);

/** Below this, two layers learn about equally fast. */
const unequal = 1.5;

/** Draws the two charts and the sentence under them. */
export function TwoNetworks() {
  const { say, language } = useWords();
  const [seed, setSeed] = useState(1);
  const { live, step, networks } = useTraining(seed);
  const [shallow, deep] = networks.map((moments) => moments.at(-1));
  const [first, last] = [deep?.speeds[0], deep?.speeds.at(-1)];
  const ratio = first === undefined || last === undefined ? 1 : last / first;
  const values = {
    step: wholeNumber(step, language),
    ratio: ratio >= unequal ? times(ratio, language) : '',
    one: percent(shallow?.accuracy ?? 0, language, 0),
    four: percent(deep?.accuracy ?? 0, language, 0),
  };
  return (
    <figure className="home-figure" data-testid="home-figure" data-live={live} data-step={step}>
      <div className="home-networks">
        {networks.map((moments, n) => (
          <Chart key={depths[n]} depth={depths[n] ?? 1} moments={moments} step={step} />
        ))}
      </div>
      <figcaption>
        <p className="home-sentence" data-testid="home-sentence">
          {say(ratio >= unequal ? 'home.figure.slower' : 'home.figure.equal', values)}
        </p>
        <p>
          {say(live ? 'home.figure.live' : 'home.figure.recorded')}{' '}
          {live && (
            <button
              type="button"
              className="link-button"
              onClick={() => setSeed((was) => was + 1)}
              data-testid="home-again"
            >
              {say('home.figure.again')}
            </button>
          )}
        </p>
      </figcaption>
    </figure>
  );
}

type ChartProps = { readonly depth: number; readonly moments: readonly Moment[]; readonly step: number };

function Chart({ depth, moments, step }: ChartProps) {
  const { say, language } = useWords();
  const colours = layerColours(useComputedColorScheme('light'), depth);
  const end = moments.at(-1);
  const title = say('home.figure.hidden', { count: depth });
  return (
    <div>
      <h3>{title}</h3>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={say('home.figure.title', { network: title })}>
        {decades.map((decade) => (
          <g key={decade}>
            <line
              x1={plot.left}
              x2={width - plot.right}
              y1={yOf(10 ** decade)}
              y2={yOf(10 ** decade)}
              stroke="var(--lab-line)"
            />
            <text x={plot.left - 6} y={yOf(10 ** decade) + 4} textAnchor="end" fontSize="12" fill="var(--lab-soft)">
              {powerOfTen(decade)}
            </text>
          </g>
        ))}
        {[0, 250, 500].map((at) => (
          <text key={at} x={xOf(at)} y={height - 6} textAnchor="middle" fontSize="12" fill="var(--lab-soft)">
            {wholeNumber(at, language)}
          </text>
        ))}
        {colours.map((colour, layer) => (
          <g key={colour}>
            <polyline
              points={moments.map((moment) => `${xOf(moment.step)},${yOf(moment.speeds[layer] ?? 0)}`).join(' ')}
              fill="none"
              stroke={colour}
              strokeWidth="2.5"
              strokeLinejoin="round"
              strokeLinecap="round"
            />
            {end !== undefined && (
              <text x={xOf(step) + 8} y={yOf(end.speeds[layer] ?? 0) + 4} fontSize="12" fill="var(--lab-ink)">
                {say('plot.layer', { layer: layer + 1 })}
                {depth > 1 && (
                  <tspan dx="5" fontWeight="650">
                    {relativeSpeed(end.speeds[layer] ?? 0, end.speeds.at(-1) ?? 0, language)}
                  </tspan>
                )}
              </text>
            )}
          </g>
        ))}
      </svg>
    </div>
  );
}
