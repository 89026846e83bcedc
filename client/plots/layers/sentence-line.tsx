/** The sentence of the home view, at the step on show. */
import { useWords } from '../../i18n/words.ts';
import { useRoom, useShown } from '../../room/context.tsx';
import type { RunFrames } from '../../room/run-frames.ts';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { useView } from '../../view/context.tsx';
import type { Measure } from '../../view/view.ts';
import { Sentence } from '../card/sentence.tsx';
import type { Held } from '../held.ts';
import { factorOf, metricOf } from './measures.ts';
import { useWant } from '../use-want.ts';
import { areUneven, type LayersFacts, layersSentence } from './sentence.ts';

const refreshEvery = 200;

/** Says what the plot shows, and leaves in `told` what it says. */
export function SentenceLine({ told }: { readonly told?: Held<string> }) {
  const words = useWords();
  const { say } = words;
  const { frames } = useRoom();
  const measure = useView((view) => (view.book ? 'speed' : view.measure));
  const shown = useShown(refreshEvery);
  const run = shown?.run ?? null;
  const isUneven = run !== null && areUneven(run.configuration);
  useWant(run?.id ?? null, isUneven ? 'weightGradient' : null);
  const text = ((): string => {
    if (shown === null || shown.measured < 0) return say('sentence.none');
    const facts = factsOf(frames.of(shown.run.id), shown.run, measure, shown.measured);
    return facts === null ? say('plot.loading') : layersSentence(words, facts);
  })();
  return <Sentence text={text} moving={shown?.motion === 'playing'} {...(told === undefined ? {} : { told })} />;
}

/** Gathers what is known at the latest step up to `upTo` that has been received in full; null where there is none. */
function factsOf(frames: RunFrames, { configuration }: RoomRun, measure: Measure, upTo: number): LayersFacts | null {
  const layers = configuration.hidden.length;
  const metric = metricOf[measure];
  // While curves move, ticks leave steps out; the latest measurement received speaks for them.
  // Layers of different width are compared by their gradients, which come a little later.
  const ofGradients = areUneven(configuration) ? frames.latestOf('weightGradient', upTo, layers) : -1;
  const step =
    ofGradients >= 0 && frames.valuesAt(metric, ofGradients, layers) !== null
      ? ofGradients
      : frames.latestOf(metric, upTo, layers);
  const values = step < 0 ? null : frames.valuesAt(metric, step, layers);
  if (values === null) return null;
  return {
    configuration,
    measure,
    step,
    values: values.map((value, index) => value * factorOf(measure, configuration, index + 1)),
    weightGradients: frames.valuesAt('weightGradient', step, layers),
    weightNorms: frames.valuesAt('weightNorm', step, layers),
    updateRatios: frames.valuesAt('updateRatio', step, layers),
  };
}
