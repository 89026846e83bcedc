/** How values are spread in each layer, at the step where the playhead rests: distributions, or the slope with the points at which neurons work. */
import { useComputedColorScheme } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { activations } from '../../../shared/core/activations.ts';
import { axisNumber, factorNumber, percent, percentOf, wholeNumber } from '../../../shared/words/numbers.ts';
import { useWords, type Words } from '../../i18n/words.ts';
import { useRoom } from '../../room/context.tsx';
import { planFor } from '../../room/stage.ts';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { layerColours } from '../../theme.ts';
import { useChangeView, useView } from '../../view/context.tsx';
import type { SpreadValue } from '../../view/view.ts';
import type { Figure, Row } from '../card/figure.ts';
import type { Held } from '../held.ts';
import { Drawing, type Paint, type Spot } from '../look/drawing.tsx';
import { LookNotice, LookStep } from '../look/look-state.tsx';
import { lettersOfDrawing, useTypeSize } from '../back-row.ts';
import type { ShownLook } from '../look/use-look.ts';
import { useSize } from '../use-size.ts';
import { type AnyHistogram, countOf, isLog, laidOver, quantileOf } from './bins.ts';
import { laySpread, paintSpread, type SpreadCell, type SpreadPicture } from './spread-painter.ts';
import { type Inner, useInner } from './use-inner.ts';

type Props = {
  readonly run: RoomRun;
  /** `slope`: the points at which the neurons work, under the slope of their activation. */
  readonly kind: 'slope' | 'values';
};

/** The histogram of a value in each hidden layer of a look. */
export function histogramsOf({ look, run }: ShownLook, value: SpreadValue): readonly AnyHistogram[] {
  return look?.layers?.slice(0, run.configuration.hidden.length).map((layer) => layer[value]) ?? [];
}

/** Draws the small multiples; give it the run's id as key. */
export function SpreadPart({ run, kind, figure }: Props & { readonly figure: Held<Figure | null> }) {
  const words = useWords();
  const { say, language } = words;
  const [box, size] = useSize<HTMLDivElement>();
  const { frames } = useRoom();
  const inner = useInner(run, kind === 'values');
  const spread = useView((view) => view.spread);
  const chosen = useView((view) => view.layer);
  const change = useChangeView();
  const value = kind === 'slope' ? 'preactivations' : spread;
  const picture = usePicture(run, kind, value, inner, chosen, useTypeSize(size, lettersOfDrawing));
  const paint = useCallback<Paint>(
    (sheet, area, palette) => {
      if (picture !== null) paintSpread(sheet, area, palette, picture);
    },
    [picture],
  );
  const { there } = inner;
  const spots = useMemo((): Spot[] => {
    if (picture === null) return [];
    return laySpread({ left: 0, top: 0, ...size }, picture).map(({ layer, area }) => {
      const lines = there.flatMap((shown) => linesOf(words, shown, value, layer, there.length > 1));
      const [first] = there;
      const step = first?.look?.step ?? 0;
      const rms = kind === 'slope' ? frames.of(run.id).of('slopeRms', layer).at(step) : undefined;
      const slope = rms === undefined ? [] : [say('why.slope.spot', { slope: factorNumber(rms, language) })];
      return { key: String(layer), area, lines: [say('plot.layer', { layer }), ...slope, ...lines] };
    });
  }, [picture, size, there, words, say, language, value, kind, frames, run.id]);
  const rows = useCallback(
    (): Row[] => there.flatMap((shown) => rowsOf(shown, value, there.length > 1)),
    [there, value],
  );
  const shownLayers = picture === null ? 0 : spots.length;
  const layers = run.configuration.hidden.length;
  const notes = [
    ...(kind === 'slope' ? [say('why.slope.legend')] : []),
    ...(shownLayers > 0 && shownLayers < layers
      ? [say('look.layers.some', { shown: shownLayers, count: layers })]
      : []),
  ];
  return (
    <div className="look-body">
      {notes.length > 0 && (
        <div className="look-head">
          {notes.map((note) => (
            <span key={note}>{note}</span>
          ))}
        </div>
      )}
      <div className="look-part">
        <Drawing
          id={`why-${kind}`}
          label={say(`why.title.${kind}`)}
          box={box}
          size={size}
          paint={paint}
          spots={spots}
          chosen={chosen === null ? null : String(chosen)}
          onChoose={(key) => change({ layer: key === null ? null : Number(key) })}
          figure={figure}
          rows={rows}
        />
        <LookNotice {...inner} />
      </div>
    </div>
  );
}

function usePicture(
  run: RoomRun,
  kind: Props['kind'],
  value: SpreadValue,
  { there, strokes }: Inner,
  chosen: number | null,
  fontSize: number,
): SpreadPicture | null {
  const { say, language } = useWords();
  const { frames } = useRoom();
  const scheme = useComputedColorScheme('light');
  return useMemo(() => {
    const histograms = there.map((shown) => histogramsOf(shown, value));
    const layers = Math.max(0, ...histograms.map((its) => its.length));
    const all = laidOver(histograms.flat());
    const [first] = histograms.flat();
    if (first === undefined) return null;
    let at = 0;
    const bars = histograms.map((its) => its.map(() => all[at++]));
    const step = there[0]?.look?.step ?? 0;
    const noteOf = (layer: number): string => {
      if (kind === 'slope') {
        const slope = frames.of(run.id).of('slopeRms', layer).at(step);
        return slope === undefined ? '' : say('why.slope.label', { slope: factorNumber(slope, language) });
      }
      const its = bars[0]?.[layer - 1];
      if (its === undefined || there.length > 1) return '';
      if (its.nan + its.infinite > 0)
        return say('why.values.beside', { share: percentOf(its.nan + its.infinite, language) });
      return its.zeros > 0 ? say('why.values.zeros', { share: percentOf(its.zeros, language) }) : '';
    };
    const cells = Array.from({ length: layers }, (_, index): SpreadCell => {
      const layer = index + 1;
      return {
        layer,
        title: say('plot.layer', { layer }),
        note: noteOf(layer),
        bars: bars.flatMap((its) => its[index] ?? []),
      };
    });
    return {
      layers: cells,
      chosen,
      strokes,
      colours: layerColours(scheme, layers),
      log: isLog(first),
      fontSize,
      slope: kind === 'slope' ? slopeOf(run) : null,
      formatTick: (tick) => axisNumber(Number(tick.toPrecision(6)), language),
    };
  }, [there, strokes, value, kind, chosen, fontSize, run, frames, scheme, say, language]);
}

/** The slope of the activation of a run, as a function of its input. */
function slopeOf({ configuration }: RoomRun): NonNullable<SpreadPicture['slope']> {
  const { apply, steepest } = activations[configuration.activation];
  const [z, values, slopes] = [new Float64Array(1), new Float64Array(1), new Float64Array(1)];
  return {
    steepest,
    at(input) {
      z[0] = input;
      apply(z, values, slopes, 1);
      return slopes[0] ?? Number.NaN;
    },
  };
}

function linesOf(words: Words, shown: ShownLook, value: SpreadValue, layer: number, named: boolean): string[] {
  const { say, language } = words;
  const histogram = histogramsOf(shown, value)[layer - 1];
  if (histogram === undefined) return [];
  const number = (share: number): string => {
    const its = quantileOf(histogram, share);
    return its === null ? '–' : factorNumber(its, language);
  };
  const beside = histogram.zeros / (countOf(histogram) || 1);
  const middle = isLog(histogram)
    ? say('why.values.median', { a: number(0.5) })
    : say('why.values.middle', { a: number(0.25), b: number(0.75) });
  const saturated = shown.look?.layers?.[layer - 1]?.neurons.saturation ?? [];
  const flat = saturated.reduce((sum, share) => sum + share, 0) / (saturated.length || 1);
  return [
    named ? `${say('plot.run', { label: shown.run.label })}: ${middle}` : middle,
    ...(beside > 0 ? [say('why.values.zeros', { share: percentOf(beside, language) })] : []),
    ...(value === 'preactivations' ? [say('why.flat.spot', { share: percent(flat, language, 0) })] : []),
  ];
}

/** Bin by bin: the lower edge is part of the name, so that the file stays in the columns of the contract. */
function rowsOf(shown: ShownLook, value: SpreadValue, named: boolean): Row[] {
  const step = shown.look?.step ?? 0;
  const epoch = Math.floor(step / planFor(shown.run).stepsPerEpoch);
  return histogramsOf(shown, value).flatMap((histogram, index) => {
    const { from, counts, zeros, nan, infinite } = histogram;
    const edge = (bin: number): string =>
      (isLog(histogram) ? 10 ** (bin / histogram.perDecade) : bin * histogram.width).toPrecision(6);
    const row = (bin: string, count: number): Row => ({
      ...(named ? { run: shown.run.label } : {}),
      step,
      epoch,
      layer: index + 1,
      metric: `${value} ${bin}`,
      value: count,
    });
    return [
      ...counts.map((count, bin) => row(`from ${edge(from + bin)} to ${edge(from + bin + 1)}`, count)),
      row('zero', zeros),
      row('NaN', nan),
      row('infinite', infinite),
    ];
  });
}

/** The same in numbers. */
export function SpreadTable({ run, kind }: Props) {
  const { say, language } = useWords();
  const inner = useInner(run, kind === 'values');
  const spread = useView((view) => view.spread);
  const value = kind === 'slope' ? 'preactivations' : spread;
  if (inner.there.length === 0) return <LookNotice {...inner} />;
  return (
    <table className="look-table" data-testid={`why-${kind}-table`}>
      <caption>
        {say(`why.values.${value}`)} <LookStep {...inner} />
      </caption>
      <thead>
        <tr>
          <th scope="col">{say('readout.layer')}</th>
          {(['quartile', 'median', 'upper', 'count'] as const).map((name) => (
            <th key={name} scope="col">
              {say(`why.table.${name}`)}
            </th>
          ))}
          <th scope="col">0</th>
        </tr>
      </thead>
      <tbody>
        {inner.there.flatMap((shown) =>
          histogramsOf(shown, value).map((histogram, index) => (
            <tr key={`${shown.run.id} ${index}`}>
              <th scope="row">
                {inner.there.length > 1 && `${say('plot.run', { label: shown.run.label })}, `}
                {say('plot.layer', { layer: index + 1 })}
              </th>
              {[0.25, 0.5, 0.75].map((share) => {
                const its = quantileOf(histogram, share);
                return <td key={share}>{its === null ? '–' : factorNumber(its, language)}</td>;
              })}
              <td>{wholeNumber(countOf(histogram), language)}</td>
              <td>{percentOf(histogram.zeros / (countOf(histogram) || 1), language)}</td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  );
}
