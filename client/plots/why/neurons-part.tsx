/** The drawn network with the signed gradient of every neuron, at the step where the playhead rests. */
import { useCallback, useMemo } from 'react';
import { fromWireNumber } from '../../../shared/protocol/wire-numbers.ts';
import { measured, percentOf, wholeNumber } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { planFor } from '../../room/stage.ts';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { useChangeView, useView } from '../../view/context.tsx';
import type { Figure, Row } from '../card/figure.ts';
import type { Held } from '../held.ts';
import { Drawing, type Paint, type Spot } from '../look/drawing.tsx';
import { LookNotice } from '../look/look-state.tsx';
import { lettersOfDrawing, useTypeSize } from '../back-row.ts';
import { innerParts, type ShownLook, type ShownLooks, useLooks } from '../look/use-look.ts';
import { useSize } from '../use-size.ts';
import { fullLengths, layNeurons, paintNeurons } from './neurons-painter.ts';

type Props = { readonly run: RoomRun };

/** The mean signed gradients of the neurons of each hidden layer; null without a look. */
export function gradientsOf({ look, run }: ShownLook): readonly (readonly number[])[] | null {
  const layers = look?.layers?.slice(0, run.configuration.hidden.length);
  return layers?.map(({ neurons }) => neurons.gradient.map(fromWireNumber)) ?? null;
}

/** Looks into one run. */
export function useNeurons(run: RoomRun): ShownLooks {
  const runs = useMemo(() => [run], [run]);
  return useLooks(runs, innerParts);
}

/** Draws the network; give it the run's id as key. */
export function NeuronsPart({ run, figure }: Props & { readonly figure: Held<Figure | null> }) {
  const { say, language } = useWords();
  const [box, size] = useSize<HTMLDivElement>();
  const shown = useNeurons(run);
  const own = useView((view) => view.own);
  const chosen = useView((view) => view.layer);
  const change = useChangeView();
  const [first] = shown.looks;
  const gradients = useMemo(() => (first === undefined ? null : gradientsOf(first)), [first]);
  const fontSize = useTypeSize(size, lettersOfDrawing);
  const paint = useCallback<Paint>(
    (sheet, area, palette) => {
      if (gradients === null) return;
      const full = fullLengths(gradients, own);
      paintNeurons(sheet, area, palette, {
        gradients,
        chosen,
        fontSize,
        full,
        titleOf: (layer) => say('plot.layer', { layer }),
        shownOf: (some, count) => say('why.neurons.some', { shown: some, count }),
        scale: own
          ? say('why.neurons.scale.own')
          : say('why.neurons.scale', { size: measured(full[0] ?? 0, language) }),
        positive: say('why.neurons.positive'),
        negative: say('why.neurons.negative'),
      });
    },
    [gradients, own, chosen, fontSize, say, language],
  );
  const spots = useMemo(
    (): Spot[] =>
      layNeurons({ left: 0, top: 0, ...size }, gradients?.length ?? 0, fontSize).map(({ layer, area }) => {
        const its = gradients?.[layer - 1] ?? [];
        const longest = its.reduce(
          (best, value, index) => (Math.abs(value) > Math.abs(its[best] ?? 0) ? index : best),
          0,
        );
        return {
          key: String(layer),
          area,
          lines: [
            say('plot.layer', { layer }),
            say('why.neurons.spot', {
              positive: its.filter((value) => value > 0).length,
              count: its.length,
              size: measured(its[longest] ?? 0, language),
              neuron: longest + 1,
            }),
            say('why.neurons.speed', { speed: measured(Math.hypot(...its), language) }),
          ],
        };
      }),
    [gradients, size, fontSize, say, language],
  );
  const rows = useCallback((): Row[] => (first === undefined ? [] : rowsOf(first)), [first]);
  return (
    <div className="look-body">
      <div className="look-part">
        <Drawing
          id="why-neurons"
          label={say('why.title.neurons')}
          box={box}
          size={size}
          paint={paint}
          spots={spots}
          chosen={chosen === null ? null : String(chosen)}
          onChoose={(key) => change({ layer: key === null ? null : Number(key) })}
          figure={figure}
          rows={rows}
        />
        <LookNotice {...shown} />
      </div>
    </div>
  );
}

function rowsOf(shown: ShownLook): Row[] {
  const step = shown.look?.step ?? 0;
  const epoch = Math.floor(step / planFor(shown.run).stepsPerEpoch);
  return (gradientsOf(shown) ?? []).flatMap((its, index) =>
    its.map((value, neuron): Row => ({
      step,
      epoch,
      layer: index + 1,
      metric: `gradient of neuron ${neuron + 1}`,
      value,
    })),
  );
}

/** The same in numbers: of the layer that is looked at by itself, or of all. */
export function NeuronsTable({ run }: Props) {
  const { say, language } = useWords();
  const shown = useNeurons(run);
  const chosen = useView((view) => view.layer);
  const [first] = shown.looks;
  const layers = first?.look?.layers?.slice(0, run.configuration.hidden.length);
  if (first?.look === null || layers === undefined) return <LookNotice {...shown} />;
  return (
    <table className="look-table" data-testid="why-neurons-table" data-step={first?.look?.step}>
      <caption>{say('why.table.neurons', { step: wholeNumber(first?.look?.step ?? 0, language) })}</caption>
      <thead>
        <tr>
          <th scope="col">{say('why.neuron')}</th>
          <th scope="col">{say('why.neuron.gradient')}</th>
          <th scope="col">{say('why.neuron.activation')}</th>
          <th scope="col">{say('why.neuron.saturation')}</th>
        </tr>
      </thead>
      <tbody>
        {layers
          .filter(({ layer }) => chosen === null || chosen > layers.length || layer === chosen)
          .flatMap(({ layer, neurons }) =>
            neurons.gradient.map((value, index) => (
              <tr key={`${layer} ${index}`}>
                <th scope="row">
                  {say('plot.layer', { layer })}, {index + 1}
                </th>
                <td>{measured(fromWireNumber(value), language)}</td>
                <td>{measured(fromWireNumber(neurons.activation[index] ?? 'NaN'), language)}</td>
                <td>{percentOf(neurons.saturation[index] ?? Number.NaN, language)}</td>
              </tr>
            )),
          )}
      </tbody>
    </table>
  );
}
