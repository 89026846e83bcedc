/** Folding space: the linear regions of two ReLU networks with the same number of units, one layer against several, counted. */
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { drawParameters } from '../../../shared/core/initializations.ts';
import { type Region, regionBounds, regionsOf, type ReluLayers, tentLayers } from '../../../shared/core/regions.ts';
import { percent, wholeNumber } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { useSize } from '../../plots/use-size.ts';
import { layerColours, paletteOf } from '../../theme.ts';
import { Choice, FigureButton, FigureFrame, Slider } from '../parts.tsx';
import { hiddenLayersOf, useTrained } from './use-trained.ts';

const units = [4, 8] as const;
const mostLayers = 5;
const shades = 13;

/** Draws the two pictures, their counts, and what is known of how many there can be. */
export function RegionsFigure() {
  const { say, language } = useWords();
  const [each, setEach] = useState<(typeof units)[number]>(8);
  const [layers, setLayers] = useState(3);
  const [seed, setSeed] = useState(1);
  const [kind, setKind] = useState<'random' | 'trained' | 'tent'>('random');
  const [reach, setReach] = useState(2);
  const isTent = kind === 'tent';
  const [wide, learned] = useTrained(kind === 'trained', Array<number>(layers).fill(each), seed);
  const deep = useMemo(
    () => (isTent ? tentLayers(layers) : (learned?.layers ?? drawnLayers(Array<number>(layers).fill(each), seed))),
    [isTent, learned, layers, each, seed],
  );
  const widths = deep.map(({ biases }) => biases.length);
  const total = widths.reduce((sum, width) => sum + width, 0);
  const window = useMemo(
    () =>
      isTent ? { left: 0, right: 1, bottom: 0, top: 1 } : { left: -reach, right: reach, bottom: -reach, top: reach },
    [isTent, reach],
  );
  const [shallowRegions, deepRegions] = useMemo(() => {
    const all = deep.reduce((sum, { biases }) => sum + biases.length, 0);
    return [regionsOf(wide?.layers ?? drawnLayers([all], seed), window), regionsOf(deep, window)] as const;
  }, [deep, wide, seed, window]);
  const bounds = regionBounds(2, widths);
  const number = (value: number): string => wholeNumber(value, language);
  const values = {
    units: total,
    layers: widths.length,
    shallow: number(shallowRegions.length),
    deep: number(deepRegions.length),
    most: number(bounds.most),
    zaslavsky: number(bounds.shallow),
    epoch: learned?.epoch ?? 0,
    one: percent(wide?.accuracy ?? 0, language, 0),
    several: percent(learned?.accuracy ?? 0, language, 0),
  };
  const said = isTent
    ? 'tent'
    : learned !== undefined
      ? 'trained'
      : deepRegions.length > shallowRegions.length
        ? 'more'
        : 'fewer';
  const names = [
    [say('figure.regions.one', values), shallowRegions],
    [say('figure.regions.several', values), deepRegions],
  ] as const;
  return (
    <FigureFrame
      name="regions"
      title={say('figure.regions.title')}
      sentence={say(`figure.regions.${said}`, values)}
      picture={
        <div className="figure-pair">
          {names.map(([name, regions]) => (
            <div key={name}>
              <p className="figure-note">{name}</p>
              <Picture regions={regions} window={window} label={name} count={number(regions.length)} />
            </div>
          ))}
        </div>
      }
    >
      <Choice
        label={say('figure.regions.kind')}
        options={[
          { value: 'random', text: say('figure.regions.kind.random') },
          { value: 'trained', text: say('figure.regions.kind.trained') },
          { value: 'tent', text: say('figure.regions.kind.tent') },
        ]}
        value={kind}
        hook="regions-kind"
        onChange={setKind}
      />
      <div className="figure-controls">
        <Slider
          label={say('figure.regions.layers')}
          value={layers}
          least={1}
          most={mostLayers}
          step={1}
          said={String(layers)}
          hook="regions-layers"
          onChange={setLayers}
        />
        {!isTent && (
          <Slider
            label={say('figure.regions.window')}
            value={reach}
            least={0.5}
            most={10}
            step={0.5}
            said={`±${reach}`}
            hook="regions-window"
            onChange={setReach}
          />
        )}
      </div>
      {!isTent && (
        <div className="figure-choice">
          <Choice
            label={say('figure.regions.units')}
            options={units.map((value) => ({ value: String(value), text: String(value) }))}
            value={String(each)}
            hook="regions-units"
            onChange={(value) => setEach(units.find((one) => String(one) === value) ?? 8)}
          />
          <FigureButton text={say('figure.regions.again')} hook="regions-again" onPress={() => setSeed(seed + 1)} />
        </div>
      )}
      <div className="figure-scroll">
        <table>
          <tbody>
            {(
              [
                ['zaslavsky', bounds.shallow],
                ['pascanu', bounds.pascanu],
                ['montufar', bounds.montufar],
                ['most', bounds.most],
              ] as const
            ).map(([name, value]) => (
              <tr key={name}>
                <td>{say(`figure.regions.bound.${name}`, values)}</td>
                <td>{number(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="figure-note">{say('figure.regions.caution')}</p>
    </FigureFrame>
  );
}

/** The hidden layers of a random network: He's weights, and biases that keep the lines in sight. */
function drawnLayers(widths: readonly number[], seed: number): ReluLayers {
  const sizes = [2, ...widths];
  const initialization = { scheme: 'he-normal', gain: 1, biasStd: 0.5 } as const;
  const parameters = drawParameters(sizes, { initialization, seed });
  return hiddenLayersOf(parameters, widths);
}

type PictureProps = {
  readonly regions: readonly Region[];
  readonly window: { readonly left: number; readonly right: number; readonly bottom: number; readonly top: number };
  readonly label: string;
  readonly count: string;
};

/** Neighbours differ in one unit at least, so they differ in shade: it is how many units are on, round the scale. */
function Picture({ regions, window: { left, right, bottom, top }, label, count }: PictureProps) {
  const { say } = useWords();
  const scheme = useComputedColorScheme('light');
  const [box, { width }] = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const side = Math.min(width, 360);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (canvas.current === null || context === null || context === undefined || side === 0) return;
    const ratio = devicePixelRatio;
    canvas.current.width = Math.round(side * ratio);
    canvas.current.height = Math.round(side * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const palette = paletteOf(scheme);
    const colours = layerColours(scheme, shades);
    context.lineWidth = regions.length > 400 ? 0.5 : 1;
    context.strokeStyle = palette.panel;
    for (const { corners, pattern } of regions) {
      context.beginPath();
      for (const [x, y] of corners) {
        context.lineTo(((x - left) / (right - left)) * side, ((top - y) / (top - bottom)) * side);
      }
      context.closePath();
      const on = [...pattern].filter((unit) => unit === '1').length;
      context.fillStyle = colours[(on * 5) % shades] ?? palette.soft;
      context.fill();
      context.stroke();
    }
  }, [regions, side, scheme, left, right, bottom, top]);
  return (
    <div ref={box}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={say('figure.regions.picture', { name: label, count })}
        style={{ width: side, height: side, borderRadius: 8 }}
      />
      <p className="figure-note">{say('figure.regions.count', { count })}</p>
    </div>
  );
}
