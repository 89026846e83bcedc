/** The cost of a tiny network over two of its weights, quadratic and cross-entropy, with dots where it is nearly level. */
import { useComputedColorScheme } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { costSurface, plateauShare, type Surface } from '../../../shared/core/surface.ts';
import { percent, plainNumber } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { useSize } from '../../plots/use-size.ts';
import { layerColours, paletteOf } from '../../theme.ts';
import { HeatCanvas } from '../heat-canvas.tsx';
import { FigureButton, FigureFrame, Slider } from '../parts.tsx';

const shades = 24;
const [most, margin] = [360, 36];

/** Draws both surfaces. */
export function CostSurface() {
  const { say, language } = useWords();
  const [seed, setSeed] = useState(1);
  const [level, setLevel] = useState(0.2);
  const surfaces = useMemo(
    () => (['quadratic', 'cross-entropy'] as const).map((cost) => ({ cost, surface: costSurface(cost, seed) })),
    [seed],
  );
  const shares = surfaces.map(({ surface }) => plateauShare(surface, level));
  const [quadratic = 0, entropy = 0] = shares;
  const values = {
    level: percent(level, language, 0),
    quadratic: percent(quadratic, language, 0),
    entropy: percent(entropy, language, 0),
  };
  return (
    <FigureFrame
      name="surface"
      title={say('figure.surface.title')}
      sentence={say('figure.surface.sentence', values)}
      picture={
        <div className="figure-pair">
          {surfaces.map(({ cost, surface }, n) => (
            <Picture
              key={cost}
              name={say(`figure.surface.${cost}`)}
              level={level}
              share={percent(shares[n] ?? 0, language, 0)}
              surface={surface}
            />
          ))}
        </div>
      }
    >
      <p className="figure-note">{say('figure.surface.legend')}</p>
      <Slider
        label={say('figure.surface.level')}
        value={level}
        least={0.01}
        most={0.5}
        step={0.01}
        said={percent(level, language, 0)}
        hook="surface-level"
        onChange={(value) => setLevel(Number(value.toFixed(2)))}
      />
      <div>
        <FigureButton text={say('figure.surface.again')} hook="surface-again" onPress={() => setSeed(seed + 1)} />
      </div>
    </FigureFrame>
  );
}

type PictureProps = {
  readonly name: string;
  readonly level: number;
  readonly share: string;
  readonly surface: Surface;
};

function Picture({ name, level, share, surface }: PictureProps) {
  const { say, language } = useWords();
  const scheme = useComputedColorScheme('light');
  const [box, { width }] = useSize<HTMLDivElement>();
  // The last number of the axis reaches a little beyond it.
  const side = Math.max(0, Math.min(width, most) - margin - 8);
  const { weights, cost, slope } = surface;
  const count = weights.length;
  const colours = useMemo(() => layerColours(scheme, shades), [scheme]);
  const [low, high, steepest] = useMemo(
    () => [Math.min(...cost), Math.max(...cost), Math.max(...slope)] as const,
    [cost, slope],
  );
  const colourOf = useCallback(
    (row: number, column: number): string => {
      const at = ((cost[row * count + column] ?? low) - low) / (high - low);
      return colours[Math.min(shades - 1, Math.floor(at * shades))] ?? '';
    },
    [cost, count, low, high, colours],
  );
  const dotted = useCallback(
    (row: number, column: number): boolean => (slope[row * count + column] ?? 0) < level * steepest,
    [slope, count, level, steepest],
  );
  return (
    <div ref={box}>
      <p className="figure-note">{name}</p>
      <div style={{ position: 'relative', height: side + margin, paddingLeft: margin }}>
        <HeatCanvas
          columns={count}
          rows={count}
          width={side}
          height={side}
          colourOf={colourOf}
          dotted={dotted}
          dotColour={paletteOf(scheme).panel}
        />
        <svg
          width={side + margin + 8}
          height={side + margin}
          role="img"
          aria-label={say('figure.surface.picture', { name, share })}
          style={{ position: 'absolute', left: 0 }}
        >
          {[-4, 0, 4].map((tick) => (
            <g key={tick}>
              <text className="figure-tick" x={margin + ((tick + 4) / 8) * side} y={side + 16} textAnchor="middle">
                {plainNumber(tick, language)}
              </text>
              <text className="figure-tick" x={margin - 6} y={side - ((tick + 4) / 8) * side + 8} textAnchor="end">
                {plainNumber(tick, language)}
              </text>
            </g>
          ))}
          <text className="figure-tick" x={margin + side / 2 + 24} y={side + 16}>
            w₂
          </text>
          <text className="figure-tick" x={4} y={side / 4}>
            w₁
          </text>
        </svg>
      </div>
      <p className="figure-note">
        {say('figure.surface.range', {
          low: plainNumber(Number(low.toPrecision(2)), language),
          high: plainNumber(Number(high.toPrecision(2)), language),
        })}
      </p>
    </div>
  );
}
