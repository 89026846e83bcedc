/** The sentence under what shows why layers learn at different speeds, for the part that is on show. */
import { useMemo } from 'react';
import { useWords } from '../../i18n/words.ts';
import { useRoom } from '../../room/context.tsx';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { useView } from '../../view/context.tsx';
import { Sentence } from '../card/sentence.tsx';
import type { Held } from '../held.ts';
import { useWant } from '../use-want.ts';
import { gradientsOf, useNeurons } from './neurons-part.tsx';
import { factorSentence, neuronSentence, slopeSentence } from './sentence.ts';
import { histogramsOf } from './spread-part.tsx';
import { spreadSentence } from './spread-sentence.ts';
import { useFactors } from './use-factors.ts';
import { useInner } from './use-inner.ts';

type Props = { readonly run: RoomRun; readonly told: Held<string> };

/** Says it, and leaves in `told` what it says. */
export function WhyLine(props: Props) {
  const part = useView((view) => view.why);
  switch (part) {
    case 'factors':
      return <FactorLine {...props} />;
    case 'slope':
      return <SlopeLine {...props} />;
    case 'values':
      return <ValuesLine {...props} />;
    case 'neurons':
      return <NeuronLine {...props} />;
    default:
      return part satisfies never;
  }
}

/** The layer that is looked at by itself, where this run has it. */
function useLayer(run: RoomRun): number | null {
  const chosen = useView((view) => view.layer);
  return chosen !== null && chosen <= run.configuration.hidden.length ? chosen : null;
}

function FactorLine({ run, told }: Props) {
  const words = useWords();
  const known = useFactors(run);
  const layer = useLayer(run);
  const text = known === null ? words.say('sentence.none') : factorSentence(words, { ...known, layer });
  return <Sentence text={text} moving={known?.moving ?? false} told={told} />;
}

function SlopeLine({ run, told }: Props) {
  const words = useWords();
  const { frames } = useRoom();
  const { looks, moving } = useNeurons(run);
  useWant(run.id, 'slopeRms');
  const chosen = useLayer(run);
  const { look } = looks[0] ?? { look: null };
  const flats = useMemo(
    () =>
      (look?.layers ?? [])
        .slice(0, run.configuration.hidden.length)
        .map(
          ({ neurons: { saturation } }) => saturation.reduce((sum, share) => sum + share, 0) / (saturation.length || 1),
        ),
    [look, run],
  );
  const text = ((): string => {
    if (look === null || flats.length === 0) return words.say('look.nothing');
    const { activation } = run.configuration;
    const slopes = frames.of(run.id).valuesAt('slopeRms', look.step, flats.length);
    // Where none is looked at by itself, the layer with the smallest slope is spoken of.
    const flattest = slopes === null ? flats.indexOf(Math.max(...flats)) : slopes.indexOf(Math.min(...slopes));
    const layer = chosen ?? flattest + 1;
    const slopeRms = slopes?.[layer - 1] ?? null;
    return slopeSentence(words, { activation, step: look.step, layer, slopeRms, flat: flats[layer - 1] ?? 0 });
  })();
  return <Sentence text={text} moving={moving} told={told} />;
}

function ValuesLine({ run, told }: Props) {
  const words = useWords();
  const { there, moving } = useInner(run, true);
  const value = useView((view) => view.spread);
  const layer = useLayer(run);
  const [first, second] = there;
  const text =
    first === undefined
      ? words.say('look.nothing')
      : spreadSentence(words, {
          value,
          step: first.look?.step ?? 0,
          layers: histogramsOf(first, value),
          layer,
          run: first.run.label,
          other: second === undefined ? null : { run: second.run.label, layers: histogramsOf(second, value) },
        });
  return <Sentence text={text} moving={moving} told={told} />;
}

function NeuronLine({ run, told }: Props) {
  const words = useWords();
  const { looks, moving } = useNeurons(run);
  const [first] = looks;
  const gradients = first === undefined ? null : gradientsOf(first);
  const text =
    gradients === null ? words.say('look.nothing') : neuronSentence(words, { step: first?.look?.step ?? 0, gradients });
  return <Sentence text={text} moving={moving} told={told} />;
}
