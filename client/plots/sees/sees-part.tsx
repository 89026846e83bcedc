/** The weights of the first layer as pictures. */
import { useComputedColorScheme } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { isPicture } from '../../../shared/core/dataset.ts';
import { factorNumber, measured, percentOf, times, wholeNumber } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { planFor } from '../../room/stage.ts';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { paletteOf } from '../../theme.ts';
import { useView } from '../../view/context.tsx';
import type { Figure, Row } from '../card/figure.ts';
import type { Held } from '../held.ts';
import { Drawing, type Paint, type Spot } from '../look/drawing.tsx';
import { LookNotice } from '../look/look-state.tsx';
import { lettersOfDrawing, useTypeSize } from '../back-row.ts';
import { useSize } from '../use-size.ts';
import { signedBitmaps } from './bitmap.ts';
import { layUnits, paintUnits, roughNames } from './units-painter.ts';
import { scalesOf, type Unit } from './units.ts';
import { useOuter } from './use-outer.ts';

type Props = { readonly run: RoomRun };

const ends = (values: readonly number[]): { readonly low: number; readonly high: number } => ({
  low: Math.min(...values),
  high: Math.max(...values),
});

/** Draws the pictures; give it the run's id as key. */
export function SeesPart({ run, figure }: Props & { readonly figure: Held<Figure | null> }) {
  const { say, language } = useWords();
  const [box, size] = useSize<HTMLDivElement>();
  const scheme = useComputedColorScheme('light');
  const outer = useOuter(run);
  const own = useView((view) => view.own);
  const { units } = outer;
  const side = Math.sqrt(planFor(run).sizes[0] ?? 0);
  const fontSize = useTypeSize(size, lettersOfDrawing);
  const scales = useMemo(() => (units === null ? null : scalesOf(units, own)), [units, own]);
  const rowNames = useMemo((): readonly [string, string, string] => {
    const factor = scales === null || scales.difference === 0 ? 1 : scales.weights / scales.difference;
    const stronger =
      own && factor > 1.05 ? say('sees.difference.own', { times: times(factor, language) }) : say('sees.difference');
    return [say('sees.now'), say('sees.initial'), stronger];
  }, [say, language, scales, own]);
  const paint = useCallback<Paint>(
    (sheet, area, palette) => {
      if (units === null || scales === null) return;
      paintUnits(sheet, area, palette, {
        units,
        scales,
        fontSize,
        side,
        rows: rowNames,
        scaleName: say('sees.scale'),
        format: (value) => factorNumber(value, language),
        pictureOf: signedBitmaps(paletteOf(scheme), side),
      });
    },
    [units, scales, side, fontSize, rowNames, scheme, say, language],
  );
  const spots = useMemo((): Spot[] => {
    const { blocks } = layUnits(
      { left: 0, top: 0, ...size },
      units?.length ?? 0,
      fontSize,
      roughNames({ rows: rowNames, fontSize }),
      side,
    );
    return (units ?? []).flatMap(({ unit, now, change: share }, index) => {
      const area = blocks[index];
      if (area === undefined) return [];
      const { low, high } = ends(now);
      const range = say('sees.unit.range', { low: factorNumber(low, language), high: factorNumber(high, language) });
      const changed = say('sees.unit.change', { share: percentOf(share, language) });
      return [{ key: String(unit), area, lines: [say('sees.unit', { unit }), range, changed] }];
    });
  }, [units, side, size, fontSize, rowNames, say, language]);
  const step = outer.looks[0]?.look?.step ?? 0;
  const rows = useCallback((): Row[] => rowsOf(run, step, units ?? []), [run, step, units]);
  return (
    <div className="look-body low">
      <div className="look-part">
        {isPicture(run.configuration.dataset) ? (
          <>
            <Drawing
              id="sees-units"
              label={say('sees.title.sees')}
              box={box}
              size={size}
              paint={paint}
              spots={spots}
              figure={figure}
              rows={rows}
            />
            <LookNotice {...outer} />
          </>
        ) : (
          <div className="look-notice" data-testid="sees-no-picture">
            <p>{say('sees.none.points', { count: wholeNumber(planFor(run).sizes[0] ?? 0, language) })}</p>
          </div>
        )}
      </div>
    </div>
  );
}

function rowsOf(run: RoomRun, step: number, units: readonly Unit[]): Row[] {
  const epoch = Math.floor(step / planFor(run).stepsPerEpoch);
  return units.flatMap(({ unit, now, initial }) =>
    now.flatMap((value, pixel): Row[] => {
      const name = `neuron ${unit} pixel ${pixel + 1}`;
      return [
        { step, epoch, layer: 1, metric: `weight of ${name}`, value },
        { step: 0, epoch: 0, layer: 1, metric: `weight of ${name}`, value: initial[pixel] ?? Number.NaN },
      ];
    }),
  );
}

/** The same in numbers: what is most and least in each picture, and how much has changed. */
export function SeesTable({ run }: Props) {
  const { say, language } = useWords();
  const outer = useOuter(run);
  const { units } = outer;
  if (units === null) return <LookNotice {...outer} />;
  return (
    <table className="look-table" data-testid="sees-table">
      <caption>{say('sees.table', { step: wholeNumber(outer.looks[0]?.look?.step ?? 0, language) })}</caption>
      <thead>
        <tr>
          <th scope="col">{say('why.neuron')}</th>
          {(['low', 'high', 'length', 'change'] as const).map((name) => (
            <th key={name} scope="col">
              {say(`sees.table.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {units.map(({ unit, now, change }) => (
          <tr key={unit}>
            <th scope="row">{unit}</th>
            <td>{measured(ends(now).low, language)}</td>
            <td>{measured(ends(now).high, language)}</td>
            <td>{measured(Math.hypot(...now), language)}</td>
            <td>{percentOf(change, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
