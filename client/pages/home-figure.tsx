/** The figure of the start page: recorded values of the chapter's network with four hidden layers, nothing computed here. */
import { useComputedColorScheme } from '@mantine/core';
import { powerOfTen, relativeSpeed, wholeNumber } from '../i18n/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { layerColours } from '../theme.ts';

/** Epoch and the speeds of layers 1 to 4, as the chapter's own data files have them. */
const recorded: readonly (readonly [epoch: number, speeds: readonly [number, number, number, number]])[] = [
  [0, [0.00298, 0.01708, 0.06954, 0.28514]],
  [1, [0.00202, 0.01189, 0.05368, 0.21309]],
  [5, [0.0007, 0.00396, 0.02175, 0.09496]],
  [10, [0.00027, 0.00147, 0.0084, 0.03657]],
  [20, [0.00006, 0.00032, 0.00184, 0.00791]],
  [50, [0.00002, 0.00005, 0.00025, 0.00104]],
  [100, [0.00002, 0.00004, 0.00022, 0.00096]],
  [200, [0.00001, 0.00004, 0.00021, 0.00095]],
  [300, [0.00001, 0.00003, 0.0002, 0.00094]],
  [400, [0.00001, 0.00003, 0.00019, 0.00093]],
  [499, [0.00001, 0.00003, 0.00018, 0.00092]],
];

const [width, height] = [520, 300];
const plot = { left: 44, right: 100, top: 12, bottom: 28 };
const decades = [0, -1, -2, -3, -4, -5];
const xOf = (epoch: number): number => plot.left + (epoch / 500) * (width - plot.left - plot.right);
const yOf = (speed: number): number => plot.top + (-Math.log10(speed) / 5.25) * (height - plot.top - plot.bottom);

/** Draws the four curves with their labels. */
export function HomeFigure() {
  const { say, language } = useWords();
  const colours = layerColours(useComputedColorScheme('light'), 4);
  const layers = [0, 1, 2, 3] as const;
  const start = recorded[0]?.[1];
  const end = recorded.at(-1)?.[1];
  return (
    <figure className="home-figure">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={say('home.figure.title')}>
        {decades.map((decade) => (
          <g key={decade}>
            <line
              x1={plot.left}
              x2={width - plot.right}
              y1={yOf(10 ** decade)}
              y2={yOf(10 ** decade)}
              stroke="var(--lab-line)"
            />
            <text x={plot.left - 8} y={yOf(10 ** decade) + 4} textAnchor="end" fontSize="12" fill="var(--lab-soft)">
              {powerOfTen(decade)}
            </text>
          </g>
        ))}
        {[0, 100, 200, 300, 400, 500].map((epoch) => (
          <text key={epoch} x={xOf(epoch)} y={height - 8} textAnchor="middle" fontSize="12" fill="var(--lab-soft)">
            {wholeNumber(epoch, language)}
          </text>
        ))}
        {layers.map((layer) => (
          <g key={layer}>
            <polyline
              points={recorded.map(([epoch, speeds]) => `${xOf(epoch)},${yOf(speeds[layer])}`).join(' ')}
              fill="none"
              stroke={colours[layer]}
              strokeWidth="2.5"
              strokeLinejoin="round"
              strokeLinecap="round"
            />
            {end !== undefined && (
              <text x={xOf(500) + 10} y={yOf(end[layer]) + 4} fontSize="13" fill="var(--lab-ink)">
                {say('plot.layer', { layer: layer + 1 })}
                <tspan dx="8" fontWeight="650">
                  {relativeSpeed(end[layer], end[3], language)}
                </tspan>
              </text>
            )}
          </g>
        ))}
      </svg>
      {start !== undefined && (
        <figcaption>
          {say('home.figure.caption', { ratio: wholeNumber(Math.round(start[3] / start[0]), language) })}
        </figcaption>
      )}
    </figure>
  );
}
