/** The figure of the start page: a recorded run of the chapter's network with four hidden layers, nothing computed here. */
import { useComputedColorScheme } from '@mantine/core';
import { powerOfTen, relativeSpeed, wholeNumber } from '../i18n/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { layerColours } from '../theme.ts';

/** Step and the speeds of layers 1 to 4: the experiment book-4 with seed 1, as this lab has trained and measured it. */
const recorded: readonly (readonly [step: number, speeds: readonly [number, number, number, number]])[] = [
  [0, [0.003197, 0.01285, 0.07032, 0.2334]],
  [1, [0.002626, 0.01139, 0.06565, 0.206]],
  [2, [0.002061, 0.009492, 0.05469, 0.1805]],
  [4, [0.001214, 0.005955, 0.03396, 0.1178]],
  [6, [0.00076, 0.003834, 0.02173, 0.07636]],
  [8, [0.000504, 0.00258, 0.01456, 0.05135]],
  [10, [0.0003479, 0.001794, 0.01009, 0.03563]],
  [13, [0.00021, 0.001085, 0.006081, 0.02149]],
  [16, [0.0001329, 0.0006828, 0.003807, 0.01347]],
  [20, [0.00007724, 0.0003882, 0.002144, 0.0076]],
  [25, [0.00004439, 0.0002107, 0.001141, 0.004057]],
  [30, [0.00003011, 0.0001305, 0.000685, 0.002444]],
  [35, [0.00002388, 0.00009363, 0.0004741, 0.001695]],
  [40, [0.00002108, 0.00007649, 0.0003753, 0.001344]],
  [50, [0.00001903, 0.00006441, 0.0003062, 0.0011]],
  [60, [0.00001833, 0.00006124, 0.0002896, 0.001045]],
  [80, [0.00001758, 0.00005924, 0.0002827, 0.001027]],
  [100, [0.00001696, 0.00005793, 0.0002798, 0.001024]],
  [150, [0.00001555, 0.00005489, 0.0002735, 0.00102]],
  [200, [0.0000143, 0.00005206, 0.0002675, 0.001016]],
  [250, [0.00001316, 0.00004942, 0.0002619, 0.001012]],
  [300, [0.00001212, 0.00004695, 0.0002566, 0.001009]],
  [350, [0.00001116, 0.00004462, 0.0002515, 0.001006]],
  [400, [0.00001028, 0.00004245, 0.0002467, 0.001003]],
  [450, [0.00000947, 0.0000404, 0.000242, 0.0009996]],
  [500, [0.000008719, 0.00003847, 0.0002376, 0.0009968]],
];

const [width, height] = [536, 300];
const plot = { left: 44, right: 116, top: 12, bottom: 28 };
const decades = [0, -1, -2, -3, -4, -5];
const xOf = (step: number): number => plot.left + (step / 500) * (width - plot.left - plot.right);
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
        {[0, 100, 200, 300, 400, 500].map((step) => (
          <text key={step} x={xOf(step)} y={height - 8} textAnchor="middle" fontSize="12" fill="var(--lab-soft)">
            {wholeNumber(step, language)}
          </text>
        ))}
        {layers.map((layer) => (
          <g key={layer}>
            <polyline
              points={recorded.map(([step, speeds]) => `${xOf(step)},${yOf(speeds[layer])}`).join(' ')}
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
