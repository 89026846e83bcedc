/** A network as people draw it on the board: a column of neurons for every layer, hidden layers in their own colours. */
import { useComputedColorScheme } from '@mantine/core';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { planOf } from '../../shared/core/plan.ts';
import { useWords } from '../i18n/words.ts';
import { layerColours } from '../theme.ts';

const height = 120;
const mostDots = 6;

/** Draws the layers of a configuration, input left, output right. */
export function NetworkDrawing({ configuration }: { readonly configuration: RunConfiguration }) {
  const { say } = useWords();
  const scheme = useComputedColorScheme('light');
  const { sizes } = planOf(configuration);
  const colours = layerColours(scheme, configuration.hidden.length);
  const gap = Math.max(14, Math.min(56, 520 / sizes.length));
  const width = gap * (sizes.length - 1) + 48;
  const columns = sizes.map((size, index) => ({
    size,
    x: 24 + gap * index,
    colour: index === 0 || index === sizes.length - 1 ? 'var(--lab-soft)' : (colours[index - 1] ?? 'var(--lab-soft)'),
    dots: dotsOf(size),
  }));
  // With many layers the numbers would run into each other.
  const everyLabel = gap >= 26 ? 1 : Math.ceil(26 / gap);
  return (
    <svg
      className="network"
      viewBox={`0 0 ${width} ${height + 18}`}
      style={{ maxWidth: width }}
      role="img"
      aria-label={say('form.network', { sizes: sizes.join(', ') })}
    >
      {columns
        .slice(1)
        .map((column, index) =>
          (columns[index]?.dots ?? []).map((from, a) =>
            column.dots.map((to, b) => (
              <line
                key={`${column.x} ${a} ${b}`}
                x1={column.x - gap}
                y1={from}
                x2={column.x}
                y2={to}
                stroke="var(--lab-line)"
                strokeWidth="0.75"
              />
            )),
          ),
        )}
      {columns.map(({ size, x, colour, dots }, index) => (
        <g key={x}>
          {dots.map((y) => (
            <circle key={y} cx={x} cy={y} r={gap < 20 ? 3.5 : 5} fill={colour} />
          ))}
          {size > mostDots && (
            <text x={x} y={height / 2 + 4} textAnchor="middle" fontSize="14" fill="var(--lab-soft)">
              ⋮
            </text>
          )}
          {(index % everyLabel === 0 || index === columns.length - 1) && (
            <text x={x} y={height + 13} textAnchor="middle" fontSize="12" fill="var(--lab-soft)">
              {size}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}

/** Heights of the neurons that are drawn; in a wide layer the middle is left out. */
function dotsOf(size: number): number[] {
  const spread = height - 16;
  if (size <= mostDots)
    return Array.from({ length: size }, (_, index) => height / 2 + (index - (size - 1) / 2) * (spread / mostDots));
  const half = mostDots / 2;
  return Array.from({ length: mostDots }, (_, index) => {
    const fromTop = index < half ? index : index + 1;
    return 8 + (fromTop * spread) / mostDots;
  });
}
