/** The chain laboratory: one neuron a layer, its weights and biases to be moved, and every factor of the first neuron's gradient. */
import { useComputedColorScheme, VisuallyHidden } from '@mantine/core';
import { type CSSProperties, type ReactNode, useState } from 'react';
import { type Chain, centredChain, drawnChain, followChain } from '../../../shared/core/chain.ts';
import { chainActivations, chainDepths, chainFar, chainNudge } from '../../../shared/protocol/chains.ts';
import { factorNumber, measured, plainNumber } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { heatColours, paletteOf } from '../../theme.ts';
import { Choice, FigureButton, FigureFrame, index, sizeText, Slider, timesText } from '../parts.tsx';
import { SlopePlot } from '../slope/slope-plot.tsx';
import { ChainPlot } from './chain-plot.tsx';
import { ChainTask } from './chain-task.tsx';
import { factorsOf, ratioOf } from './facts.ts';

/** Near 0 a slider is fine enough for ordinary weights. */
const toSlider = (value: number): number => Math.cbrt(value / chainFar);
const fromSlider = (at: number): number => Number((chainFar * at ** 3).toPrecision(3));
/** Below this, in decades, two neurons learn about equally fast. */
const even = Math.log10(1.5);

type Props = {
  readonly chain: Chain;
  readonly onChange: (chain: Chain) => void;
  /** What chains are drawn from at random; the next ones follow it. */
  readonly firstSeed: number;
  /** What stands below the laboratory, in a class. */
  readonly children?: ReactNode;
};

/** Draws the laboratory. */
export function ChainLab({ chain, onChange: setChain, firstSeed, children }: Props) {
  const { say, language } = useWords();
  const palette = paletteOf(useComputedColorScheme('light'));
  const [seed, setSeed] = useState(firstSeed);
  const [chosen, setChosen] = useState(0);
  const depth = chain.weights.length;
  const links = followChain(chain);
  const at = Math.min(chosen, depth - 1);
  const { activation, input } = chain;
  const factors = factorsOf(links);

  const replaced = (values: readonly number[], value: number): number[] =>
    values.map((its, j) => (j === at ? value : its));
  const redraw = (next: number, length: number): void => {
    setSeed(next);
    setChain({ ...drawnChain(next, length, input, activation), steepness: chain.steepness });
  };
  const number = (value: number): string => plainNumber(Number(value.toPrecision(3)), language);
  const [shrinks = '', , grows = ''] = heatColours(palette, 3);

  return (
    <FigureFrame name="chain" title={say('figure.chain.title')} sentence={sentence()} picture={picture()}>
      <div className="figure-choice">
        <FigureButton text={say('figure.chain.draw')} hook="chain-draw" onPress={() => redraw(seed + 1, depth)} />
        {[1, 4, 100].map((weight) => (
          <FigureButton
            key={weight}
            text={say('figure.chain.equal', { weight })}
            hook={`chain-equal-${weight}`}
            onPress={() => setChain(centredChain(weight, depth, input, activation))}
          />
        ))}
        <FigureButton
          text={say('figure.chain.nudge', { by: plainNumber(chainNudge, language) })}
          hook="chain-nudge"
          onPress={() => setChain({ ...chain, input: nudged(input) })}
        />
      </div>
      <div className="figure-controls">
        <Slider
          label={say('figure.chain.weight', { neuron: index(at + 1) })}
          value={toSlider(chain.weights[at] ?? 0)}
          least={-1}
          most={1}
          step={0.005}
          said={number(chain.weights[at] ?? 0)}
          hook="chain-weight"
          onChange={(value) => setChain({ ...chain, weights: replaced(chain.weights, fromSlider(value)) })}
        />
        <Slider
          label={say('figure.chain.bias', { neuron: index(at + 1) })}
          value={toSlider(chain.biases[at] ?? 0)}
          least={-1}
          most={1}
          step={0.005}
          said={number(chain.biases[at] ?? 0)}
          hook="chain-bias"
          onChange={(value) => setChain({ ...chain, biases: replaced(chain.biases, fromSlider(value)) })}
        />
        <Slider
          label={say('figure.chain.input', { zero: index(0) })}
          value={input}
          least={0}
          most={1}
          step={0.001}
          said={plainNumber(input, language)}
          hook="chain-input"
          onChange={(value) => setChain({ ...chain, input: value })}
        />
        <Slider
          label={say('figure.chain.depth')}
          value={depth}
          least={chainDepths.least}
          most={chainDepths.most}
          step={1}
          said={String(depth)}
          hook="chain-depth"
          onChange={(value) => redraw(seed, value)}
        />
        <Slider
          label={say('figure.chain.steepness')}
          value={chain.steepness}
          least={0.5}
          most={10}
          step={0.5}
          said={plainNumber(chain.steepness, language)}
          hook="chain-steepness"
          onChange={(value) => setChain({ ...chain, steepness: value })}
        />
      </div>
      <Choice
        label={say('figure.activation')}
        options={chainActivations.map((value) => ({ value, text: say(`activation.${value}`) }))}
        value={activation}
        hook="chain-activation"
        onChange={(value) => setChain({ ...chain, activation: value })}
      />
      <ChainTask chain={chain} />
      {slopes()}
      {children}
    </FigureFrame>
  );

  function picture() {
    return (
      <div className="figure-scroll" style={{ '--figure-grows': grows, '--figure-shrinks': shrinks } as CSSProperties}>
        <div style={{ minWidth: 44 * depth + 52 }}>
          <ChainPlot
            factors={factors.map(({ magnitude }) => magnitude)}
            gradients={links.map(({ gradient }) => gradient)}
            chosen={at}
            colours={{ grows, shrinks }}
          />
          <div className="chain-neurons" role="group" aria-label={say('figure.chain.neurons')}>
            {links.map((link, j) => (
              <button
                key={j}
                type="button"
                className="plain-button"
                aria-pressed={j === at}
                data-testid={`chain-neuron-${j + 1}`}
                onClick={() => setChosen(j)}
              >
                <span className="chain-number">
                  <VisuallyHidden>{say('figure.chain.neuron')}</VisuallyHidden> {j + 1}
                </span>
                <span>w {number(link.weight)}</span>
                <span>b {number(link.bias)}</span>
                <VisuallyHidden>{say('figure.chain.factor', { factor: sizeText(link.term, language) })}</VisuallyHidden>
              </button>
            ))}
          </div>
        </div>
        <p className="figure-note" style={{ marginTop: 8 }}>
          {say('figure.chain.legend')}
        </p>
        <ol className="chain-factors" aria-label={say('figure.chain.product')} style={{ marginTop: 12 }}>
          {factors.map(({ name, magnitude }, j) => (
            <li key={j} data-grows={magnitude.log10 > 0}>
              <span>{name}</span>
              <strong>{sizeText(magnitude, language)}</strong>
            </li>
          ))}
          <li>
            <span>
              ∂C/∂b{index(1)} ÷ ∂C/∂a{index(depth)}
            </span>
            <strong data-testid="chain-product">
              {links[0] === undefined ? '' : sizeText(links[0].gradient, language)}
            </strong>
          </li>
        </ol>
      </div>
    );
  }

  function slopes() {
    const operating = links.map(({ z }, j) => ({ neuron: j + 1, z }));
    const points = links
      .map(({ z, slope }, j) =>
        say('chain.slope.point', { neuron: j + 1, z: number(z), slope: factorNumber(slope.value, language) }),
      )
      .join(' ');
    return (
      <div className="chain-slopes">
        <h4 className="figure-subtitle">{say('chain.slope.title')}</h4>
        <SlopePlot
          activation={activation}
          steepness={chain.steepness}
          operating={operating}
          layers={depth}
          label={`${say('chain.slope.plot')} ${points}`}
        />
        <p className="figure-note">{say('chain.slope.legend')}</p>
      </div>
    );
  }

  function sentence(): string {
    const decades = ratioOf(links);
    const between = links.slice(1);
    const values = {
      last: depth,
      count: between.length,
      grow: between.filter(({ term }) => term.log10 > 0).length,
      ratio: timesText(Math.abs(decades), language),
      first: measured(links[0]?.gradient.value ?? NaN, language),
    };
    if (decades === -Infinity || Number.isNaN(decades)) return say('figure.chain.nothing', values);
    if (Math.abs(decades) < even) return say('figure.chain.even', values);
    if (decades > 0) return say('figure.chain.faster', values);
    return say(values.grow === 0 ? 'figure.chain.slower.all' : 'figure.chain.slower', values);
  }
}

/** The input a little further on, and at the end of its slider a little back. */
const nudged = (input: number): number =>
  Number((input + chainNudge > 1 ? input - chainNudge : input + chainNudge).toFixed(4));
