/** What the network answers to some pictures, and how often it gives each answer. */
import { useCallback, useMemo } from 'react';
import type { DatasetChoice } from '../../../shared/core/configuration.ts';
import { fromWireNumber } from '../../../shared/protocol/wire-numbers.ts';
import type { LookRecord } from '../../../shared/protocol/look.ts';
import { factorNumber, measured, wholeNumber } from '../../../shared/words/numbers.ts';
import { type Words, useWords } from '../../i18n/words.ts';
import { planFor } from '../../room/stage.ts';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import type { Figure, Row } from '../card/figure.ts';
import type { Held } from '../held.ts';
import { Drawing, type Paint, type Spot } from '../look/drawing.tsx';
import { LookNotice } from '../look/look-state.tsx';
import { lettersOfDrawing, useTypeSize } from '../back-row.ts';
import { useSize } from '../use-size.ts';
import { greyBitmap } from './bitmap.ts';
import { saidClass, shortClass } from './class-names.ts';
import { laySays, paintSays } from './says-painter.ts';
import { useOuter } from './use-outer.ts';

type Props = { readonly run: RoomRun };
type Says = NonNullable<LookRecord['says']>;
type Digit = NonNullable<Says['digits']>[number];

/** Draws digits and bars; give it the run's id as key. */
export function SaysPart({ run, figure }: Props & { readonly figure: Held<Figure | null> }) {
  const words = useWords();
  const { say, language } = words;
  const [box, size] = useSize<HTMLDivElement>();
  const outer = useOuter(run);
  const look = outer.looks[0]?.look ?? null;
  const says = look?.says;
  const { dataset } = run.configuration;
  const fontSize = useTypeSize(size, lettersOfDrawing);
  const digits = useMemo(
    () =>
      (says?.digits ?? []).map(({ pixels, label, answer, outputs }) => ({
        picture: greyBitmap(pixels, Math.sqrt(pixels.length)),
        label,
        answer,
        name: answer === null ? '–' : shortClass(dataset, answer),
        outputs: outputs.map(fromWireNumber),
      })),
    [says, dataset],
  );
  const paint = useCallback<Paint>(
    (sheet, area, palette) => {
      if (says === undefined) return;
      paintSays(sheet, area, palette, {
        digits,
        answers: says,
        classes: says.labels.map((_, label) => shortClass(dataset, label)),
        fontSize,
        heading: say('says.answers', { of: ofWhich(words, says) }),
        names: { right: say('says.answered.right'), wrong: say('says.answered.wrong'), there: say('says.there') },
        format: (count) => wholeNumber(count, language),
      });
    },
    [says, digits, dataset, fontSize, words, say, language],
  );
  const spots = useMemo((): Spot[] => {
    if (says === undefined) return [];
    const layout = laySays({ left: 0, top: 0, ...size }, digits.length, says.labels.length, fontSize);
    return [
      ...(says.digits ?? []).flatMap((digit, index): Spot[] => {
        const area = layout.digits[index];
        return area === undefined ? [] : [{ key: `digit-${index}`, area, lines: linesOf(words, dataset, digit) }];
      }),
      ...layout.classes.map((area, index): Spot => ({
        key: `answer-${index}`,
        area,
        lines: barLines(words, dataset, says, index),
      })),
    ];
  }, [says, digits, dataset, size, fontSize, words]);
  const rows = useCallback((): Row[] => (look === null ? [] : rowsOf(run, look)), [run, look]);
  return (
    <div className="look-body tall taller">
      <div className="look-part">
        <Drawing
          id="sees-says"
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

/** Data that are no pictures are points. */
const kindOf = ({ digits }: Says): '' | '.points' => (digits === null ? '.points' : '');

const ofWhich = ({ say, language }: Words, says: Says): string =>
  say(`says.of.${says.of}${kindOf(says)}`, { images: wholeNumber(says.images, language) });

function linesOf(words: Words, dataset: DatasetChoice, { label, answer, outputs }: Digit): string[] {
  const { say, language } = words;
  const kind = dataset.name === 'shapeset' ? '.shapes' : '';
  const own = saidClass(words, dataset, label);
  if (answer === null) return [say(`says.digit.none${kind}`, { label: own })];
  const given = saidClass(words, dataset, answer);
  const verdict = say(answer === label ? 'says.right' : 'says.wrong');
  const output = (unit: number): string => factorNumber(fromWireNumber(outputs[unit] ?? 'NaN'), language);
  return [
    say(`says.digit${kind}`, { label: own, answer: given, verdict }),
    say('says.output', { answer: given, value: output(answer), label: own, other: output(label) }),
  ];
}

function barLines(words: Words, dataset: DatasetChoice, says: Says, digit: number): string[] {
  const { say, language } = words;
  const { labels, answered, right, images } = says;
  const whole = (count: number): string => wholeNumber(count, language);
  return [
    say(`says.bar${kindOf(says)}`, {
      digit: saidClass(words, dataset, digit),
      answered: whole(answered[digit] ?? 0),
      images: whole(images),
      right: whole(right[digit] ?? 0),
    }),
    say(`says.bar.there${kindOf(says)}`, { labels: whole(labels[digit] ?? 0) }),
  ];
}

function rowsOf(run: RoomRun, { step, says }: LookRecord): Row[] {
  const epoch = Math.floor(step / planFor(run).stepsPerEpoch);
  const row = (metric: string, value: number): Row => ({ step, epoch, layer: null, metric, value });
  return [
    ...(says?.labels ?? []).flatMap((labels, digit) => [
      row(`images of ${digit}`, labels),
      row(`answered ${digit}`, says?.answered[digit] ?? 0),
      row(`answered ${digit} rightly`, says?.right[digit] ?? 0),
    ]),
    ...(says?.digits ?? []).flatMap(({ image, outputs }) =>
      outputs.map((value, unit) => row(`output ${unit} for image ${image}`, fromWireNumber(value))),
    ),
  ];
}

/** The same in numbers. */
export function SaysTable({ run }: Props) {
  const words = useWords();
  const { say, language } = words;
  const outer = useOuter(run);
  const look = outer.looks[0]?.look ?? null;
  const says = look?.says;
  if (look === null || says === undefined) return <LookNotice {...outer} />;
  const { dataset } = run.configuration;
  const at = { step: wholeNumber(look.step, language), count: says.digits?.length ?? 0 };
  return (
    <>
      <table className="look-table" data-testid="says-table" data-step={look.step}>
        <caption>{say('says.answers', { of: ofWhich(words, says) })}</caption>
        <thead>
          <tr>
            <th scope="col">{say('says.table.answer')}</th>
            {(['says.answered', 'says.answered.right', 'says.there'] as const).map((name) => (
              <th key={name} scope="col">
                {say(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {says.labels.map((labels, digit) => (
            <tr key={`class ${String(digit)}`}>
              <th scope="row">{saidClass(words, dataset, digit)}</th>
              <td>{wholeNumber(says.answered[digit] ?? 0, language)}</td>
              <td>{wholeNumber(says.right[digit] ?? 0, language)}</td>
              <td>{wholeNumber(labels, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {says.digits !== null && (
        <table className="look-table">
          <caption>{say(dataset.name === 'shapeset' ? 'says.table.shapes' : 'says.table.digits', at)}</caption>
          <thead>
            <tr>
              {(['image', 'label', 'answer', 'output'] as const).map((name) => (
                <th key={name} scope="col">
                  {say(`says.table.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {says.digits.map(({ image, label, answer, outputs }) => (
              <tr key={image}>
                <th scope="row">{wholeNumber(image, language)}</th>
                <td>{saidClass(words, dataset, label)}</td>
                <td className="strong">
                  {answer === null ? '–' : saidClass(words, dataset, answer)}{' '}
                  {say(answer === label ? 'says.right' : 'says.wrong')}
                </td>
                <td>{answer === null ? '–' : measured(fromWireNumber(outputs[answer] ?? 'NaN'), language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
