/** What an autoencoder answers to some pictures: pictures again. */
import { useCallback, useMemo } from 'react';
import { isPicture } from '../../../shared/core/dataset.ts';
import type { LookRecord } from '../../../shared/protocol/look.ts';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { fromWireNumber } from '../../../shared/protocol/wire-numbers.ts';
import { factorNumber, measured, wholeNumber } from '../../../shared/words/numbers.ts';
import { useWords, type Words } from '../../i18n/words.ts';
import { planFor } from '../../room/stage.ts';
import { lettersOfDrawing, useTypeSize } from '../back-row.ts';
import type { Figure, Row } from '../card/figure.ts';
import type { Held } from '../held.ts';
import { Drawing, type Paint, type Spot } from '../look/drawing.tsx';
import { LookNotice } from '../look/look-state.tsx';
import { useSize } from '../use-size.ts';
import { greyBitmap } from './bitmap.ts';
import { saidClass } from './class-names.ts';
import { type Copy, copiesOf, errorsOf } from './copies.ts';
import { layCopies, paintCopies } from './copies-painter.ts';
import { useOuter } from './use-outer.ts';

type Props = { readonly run: RoomRun };
type Pictures = NonNullable<NonNullable<LookRecord['says']>['digits']>;

const nothing: Pictures = [];

/** Whether what a run says is pictures. */
export const answersPictures = (run: RoomRun): boolean =>
  !planFor(run).classifies && isPicture(run.configuration.dataset);

const read = (pictures: Pictures): Copy[] =>
  copiesOf(pictures.map(({ pixels, outputs }) => ({ pixels, outputs: outputs.map(fromWireNumber) })));

/** Says how well pictures are repeated. */
export function copiesSentence({ say, language }: Words, step: number, pictures: Pictures): string {
  const { error, grey } = errorsOf(read(pictures));
  const at = { step: wholeNumber(step, language), count: pictures.length };
  if (!Number.isFinite(error)) return say('says.copies.broken', at);
  return say('says.copies', { ...at, error: factorNumber(error, language), grey: factorNumber(grey, language) });
}

/** Draws the pictures; give it the run's id as key. */
export function CopiesPart({ run, figure }: Props & { readonly figure: Held<Figure | null> }) {
  const words = useWords();
  const { say, language } = words;
  const [box, size] = useSize<HTMLDivElement>();
  const outer = useOuter(run);
  const look = outer.looks[0]?.look ?? null;
  const pictures = look?.says?.digits ?? nothing;
  const fontSize = useTypeSize(size, lettersOfDrawing);
  const copies = useMemo(() => read(pictures), [pictures]);
  const pairs = useMemo(() => {
    const drawn = (values: readonly number[]): HTMLCanvasElement =>
      greyBitmap(
        values.map((value) => value * 256),
        Math.sqrt(values.length),
      );
    return copies.map(({ shown, answered }) => ({ shown: drawn(shown), answered: drawn(answered) }));
  }, [copies]);
  const paint = useCallback<Paint>(
    (sheet, area, palette) =>
      paintCopies(sheet, area, palette, { pairs, heading: say('says.copies.heading'), fontSize }),
    [pairs, fontSize, say],
  );
  const spots = useMemo((): Spot[] => {
    const { cells } = layCopies({ left: 0, top: 0, ...size }, copies.length, fontSize);
    return pictures.flatMap(({ label }, index) => {
      const [area, copy] = [cells[index], copies[index]];
      if (area === undefined || copy === undefined) return [];
      const name = saidClass(words, run.configuration.dataset, label);
      const error = factorNumber(copy.error, language);
      return [{ key: `copy-${index}`, area, lines: [say('says.copy', { label: name, error })] }];
    });
  }, [pictures, copies, size, fontSize, words, say, language, run]);
  const rows = useCallback((): Row[] => (look === null ? [] : rowsOf(run, look.step, pictures)), [run, look, pictures]);
  return (
    <div className="look-body tall taller">
      <div className="look-part">
        <Drawing
          id="sees-copies"
          label={say('sees.title.says')}
          box={box}
          size={size}
          paint={paint}
          spots={spots}
          figure={figure}
          rows={rows}
        />
        <LookNotice {...outer} />
      </div>
    </div>
  );
}

function rowsOf(run: RoomRun, step: number, pictures: Pictures): Row[] {
  const epoch = Math.floor(step / planFor(run).stepsPerEpoch);
  return pictures.flatMap(({ image, outputs }) =>
    outputs.map((value, unit): Row => {
      const metric = `output ${unit} for image ${image}`;
      return { step, epoch, layer: null, metric, value: fromWireNumber(value) };
    }),
  );
}

/** The same in numbers. */
export function CopiesTable({ run }: Props) {
  const words = useWords();
  const { say, language } = words;
  const outer = useOuter(run);
  const look = outer.looks[0]?.look ?? null;
  const pictures = look?.says?.digits ?? null;
  if (look === null || pictures === null) return <LookNotice {...outer} />;
  const copies = read(pictures);
  return (
    <table className="look-table" data-testid="copies-table" data-step={look.step}>
      <caption>{say('says.table.copies', { step: wholeNumber(look.step, language), count: pictures.length })}</caption>
      <thead>
        <tr>
          <th scope="col">{say('says.table.image')}</th>
          <th scope="col">{say('says.table.label')}</th>
          <th scope="col">{say('says.table.error')}</th>
        </tr>
      </thead>
      <tbody>
        {pictures.map(({ image, label }, index) => (
          <tr key={image}>
            <th scope="row">{wholeNumber(image, language)}</th>
            <td>{saidClass(words, run.configuration.dataset, label)}</td>
            <td>{measured(copies[index]?.error ?? Number.NaN, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
