/** Draws the speeds of the layers of one run, as shared/drawing lays them out and as the report prints them. */
import { useComputedColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { speedFigure, type SpeedCurve } from '../../shared/drawing/speed-figure.ts';
import { axisNumber, powerOfTen, relativeSpeed } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { layerColours } from '../theme.ts';

type Props = { readonly title: string; readonly curves: readonly SpeedCurve[]; readonly last: number };

const laneSigns = { zero: '0', infinity: '∞', nan: 'NaN' } as const;

/** Draws the curves; the axis goes to the step `last` from the beginning. */
export function SpeedDrawing({ title, curves, last }: Props) {
  const { say, language } = useWords();
  const colours = layerColours(useComputedColorScheme('light'), curves.length);
  const narrow = useMediaQuery('(max-width: 599px)', window.innerWidth < 600, { getInitialValueInEffect: false });
  const figure = speedFigure(curves, { last, ...(narrow ? { width: 380 } : {}) });
  const { area } = figure;
  const final = curves.at(-1);
  const ofLast = final?.values[final.values.length - 1] ?? Number.NaN;
  return (
    <svg viewBox={`0 0 ${figure.width} ${figure.height}`} role="img" aria-label={title} className="speed-drawing">
      {figure.lanes.map(({ lane, top, height, middle }) => (
        <g key={lane}>
          <rect x={area.left} y={top} width={area.right - area.left} height={height} className="lane" />
          <text x={area.left - 6} y={middle + 4} textAnchor="end">
            {laneSigns[lane]}
          </text>
        </g>
      ))}
      {figure.decades.map(({ exponent, y }) => (
        <g key={exponent}>
          <path d={`M${area.left} ${y}H${area.right}`} className="grid" />
          <text x={area.left - 6} y={y + 4} textAnchor="end">
            {powerOfTen(exponent)}
          </text>
        </g>
      ))}
      {figure.steps.map(({ step, x }) => (
        <g key={step}>
          <path d={`M${x} ${area.bottom}v5`} className="axis" />
          <text x={x} y={area.bottom + 20} textAnchor="middle">
            {axisNumber(step, language)}
          </text>
        </g>
      ))}
      <path d={`M${area.left} ${area.top}V${area.bottom}H${area.right}`} className="axis" />
      {figure.curves.map(({ path, dashed }, index) => (
        <path
          key={index}
          d={path}
          className="curve"
          stroke={colours[index]}
          {...(dashed ? { strokeDasharray: '6 3' } : {})}
        />
      ))}
      {figure.ends.map(({ layer, x, y, labelY, value }) => (
        <g key={layer}>
          <circle cx={x} cy={y} r="3" fill={colours[layer - 1]} />
          <path d={`M${x + 4} ${y}L${area.right + 12} ${labelY}`} stroke={colours[layer - 1]} fill="none" />
          <text x={area.right + 16} y={labelY + 4}>
            {say('plot.layer', { layer })}
            <tspan dx="5" fontWeight="650">
              {relativeSpeed(value, ofLast, language)}
            </tspan>
          </text>
        </g>
      ))}
    </svg>
  );
}
