/** The slope of an activation: what a gradient is multiplied by at each neuron, with a neuron of one's own on it. */
import { useState } from 'react';
import { activations } from '../../../shared/core/activations.ts';
import { slopeOf } from '../../../shared/core/chain.ts';
import type { ActivationName } from '../../../shared/core/configuration.ts';
import { factorNumber, plainNumber } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { Choice, FigureFrame, Slider } from '../parts.tsx';
import { SlopePlot, slopeReach } from './slope-plot.tsx';

const names: readonly ActivationName[] = ['sigmoid', 'tanh', 'relu', 'softsign', 'gelu'];

/** Draws the slope; a neuron of one's own is moved along it. */
export function SigmaPrime() {
  const { say, language } = useWords();
  const [name, setName] = useState<ActivationName>('sigmoid');
  const [z, setZ] = useState(2);
  const most = activations[name].steepest;
  const slope = slopeOf(name, z).value;
  const values = {
    z: plainNumber(z, language),
    slope: factorNumber(slope, language),
    most: factorNumber(most, language),
    rest: slope === 0 ? '∞' : plainNumber(Number((most / slope).toPrecision(2)), language),
  };
  return (
    <FigureFrame
      name="slope"
      picture={<SlopePlot activation={name} z={z} label={say('figure.slope.plot')} />}
      title={say('figure.slope.title')}
      sentence={say(
        slope === 0 ? 'figure.slope.off' : `figure.slope.${name === 'sigmoid' ? 'sigmoid' : 'other'}`,
        values,
      )}
    >
      <Slider
        label="z"
        value={z}
        least={-slopeReach}
        most={slopeReach}
        step={0.1}
        said={plainNumber(z, language)}
        hook="slope-z"
        onChange={(value) => setZ(Number(value.toFixed(1)))}
      />
      <Choice
        label={say('figure.activation')}
        options={names.map((value) => ({ value, text: say(`activation.${value}`) }))}
        value={name}
        hook="slope-activation"
        onChange={setName}
      />
    </FigureFrame>
  );
}
