/** The factors of the gradient's way back as bars, and under them what the neurons do over the steps. */
import { useCallback, useMemo } from 'react';
import { factorNumber, measured, percentOf, wholeNumber } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { useShown } from '../../room/context.tsx';
import { planFor } from '../../room/stage.ts';
import { useChangeView, useView } from '../../view/context.tsx';
import type { Figure, Row } from '../card/figure.ts';
import { type Held, useHeld } from '../held.ts';
import { Drawing, type Paint, type Spot } from '../look/drawing.tsx';
import { lettersOfDrawing, useTypeSize } from '../back-row.ts';
import { useStacked } from '../look/use-stacked.ts';
import { useSize } from '../use-size.ts';
import { type Factor, ratioOf } from './factors.ts';
import { type FactorWords, layFactors, paintFactors } from './factors-painter.ts';
import { LanesPlot } from './lanes-plot.tsx';
import { nameAfter, nameOfWeights, pairSentence } from './sentence.ts';
import { type Factors, useFactors } from './use-factors.ts';

type Props = { readonly run: RoomRun; readonly figure: Held<Figure | null> };

/** Draws bars and lanes of a run; give it the run's id as key. */
export function FactorsPart({ run, figure }: Props) {
  const bars = useHeld<Figure | null>(null);
  const lanes = useHeld<Figure | null>(null);
  const parts = useMemo(() => [bars, lanes], [bars, lanes]);
  useStacked(figure, parts);
  return (
    <div className="look-body tall">
      <div className="look-part">
        <FactorBars run={run} figure={bars} />
      </div>
      <LanesPlot run={run} figure={lanes} />
    </div>
  );
}

function FactorBars({ run, figure }: Props) {
  const words = useWords();
  const { say, language } = words;
  const [box, size] = useSize<HTMLDivElement>();
  const known = useFactors(run);
  const chosen = useView((view) => view.layer);
  const change = useChangeView();
  const { stepsPerEpoch } = planFor(run);
  const layers = run.configuration.hidden.length;
  const fontSize = useTypeSize(size, lettersOfDrawing);
  const factors = known?.factors;
  const said = useMemo((): FactorWords => {
    const short = (layer: number): string => (layer > layers ? say('why.output.short') : String(layer));
    return {
      weights: nameOfWeights(words, run.configuration),
      slope: say('why.slope.short'),
      together: say('why.product'),
      format: (value) => factorNumber(value, language),
      headOf: ({ layer }, isShort) =>
        say(
          'why.column',
          isShort
            ? { from: short(layer + 1), to: short(layer) }
            : { from: nameAfter(words, layer, layers), to: say('plot.layer', { layer }) },
        ),
    };
  }, [words, say, language, run.configuration, layers]);
  const paint = useCallback<Paint>(
    (sheet, area, palette) =>
      factors === undefined
        ? undefined
        : paintFactors(sheet, area, palette, { factors, chosen, fontSize, words: said }),
    [factors, chosen, fontSize, said],
  );
  const spots = useMemo(
    (): Spot[] =>
      factors === undefined
        ? []
        : layFactors({ left: 0, top: 0, ...size }, layers, fontSize).columns.flatMap(({ layer, area }) => {
            const factor = factors[layer - 1];
            return factor === undefined ? [] : [{ key: String(layer), area, lines: linesOf(words, factor, layers) }];
          }),
    [factors, layers, size, fontSize, words],
  );
  const isMeasured = (useShown(500)?.measured ?? -1) >= 0;
  const rows = useCallback((): Row[] => (known === null ? [] : rowsOf(known, stepsPerEpoch)), [known, stepsPerEpoch]);
  return (
    <>
      <Drawing
        id="why-factors"
        label={say('why.title.factors')}
        box={box}
        size={size}
        paint={paint}
        spots={spots}
        chosen={chosen === null ? null : String(chosen)}
        onChoose={(key) => change({ layer: key === null ? null : Number(key) })}
        figure={figure}
        rows={rows}
      />
      {known === null && isMeasured && (
        <div className="look-notice" role="status">
          <p>{say('plot.loading')}</p>
        </div>
      )}
    </>
  );
}

function linesOf(words: ReturnType<typeof useWords>, factor: Factor, layers: number): string[] {
  const { say, language } = words;
  return [
    pairSentence(words, factor, layers),
    say('why.slope.spot', { slope: factorNumber(factor.slopeRms, language) }),
  ];
}

function rowsOf({ step, factors }: Factors, stepsPerEpoch: number): Row[] {
  const epoch = Math.floor(step / stepsPerEpoch);
  return factors.flatMap((factor) =>
    (
      [
        ['weightGain', factor.weights],
        ['slope', factor.slope],
        ['weightGain x slope', ratioOf(factor)],
        ['slopeRms', factor.slopeRms],
        ['speedRms', factor.here],
      ] as const
    ).map(([metric, value]): Row => ({ step, epoch, layer: factor.layer, metric, value })),
  );
}

/** The same in numbers. */
export function FactorsTable({ run }: { readonly run: RoomRun }) {
  const words = useWords();
  const { say, language } = words;
  const known = useFactors(run);
  if (known === null) return <p className="soft">{say('look.nothing')}</p>;
  const { step, factors, saturation, dead } = known;
  const layers = factors.length;
  const heads = [
    'why.weights',
    'why.slope.short',
    'why.table.ratio',
    'why.table.speedRms',
    'why.table.slopeRms',
  ] as const;
  return (
    <table className="look-table" data-testid="why-factors-table" data-step={step}>
      <caption>{say('why.table.factors', { step: wholeNumber(step, language) })}</caption>
      <thead>
        <tr>
          <th scope="col">{say('why.table.way')}</th>
          {heads.map((head) => (
            <th key={head} scope="col">
              {say(head)}
            </th>
          ))}
          <th scope="col">{say('why.lanes.saturation')}</th>
          <th scope="col">{say('why.lanes.dead')}</th>
        </tr>
      </thead>
      <tbody>
        {factors.toReversed().map((factor) => (
          <tr key={factor.layer}>
            <th scope="row">
              {say('why.column', {
                from: nameAfter(words, factor.layer, layers),
                to: say('plot.layer', { layer: factor.layer }),
              })}
            </th>
            <td>{measured(factor.weights, language)}</td>
            <td>{measured(factor.slope, language)}</td>
            <td className="strong">{measured(ratioOf(factor), language)}</td>
            <td>{measured(factor.here, language)}</td>
            <td>{measured(factor.slopeRms, language)}</td>
            <td>{percentOf(saturation?.[factor.layer - 1] ?? Number.NaN, language)}</td>
            <td>{percentOf(dead?.[factor.layer - 1] ?? Number.NaN, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
