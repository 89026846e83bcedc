/** Paints what the network says: digits with its answers and all its outputs, and how often each answer is given. */
import type { Palette } from '../../theme.ts';
import { type Area, line, type Sheet } from '../sheet/sheet.ts';
import { hatch } from '../why/factors-painter.ts';

export type DigitPicture = {
  readonly picture: HTMLCanvasElement;
  readonly label: number;
  readonly answer: number | null;
  /** What the answer is called; – where there is none. */
  readonly name: string;
  /** Values of the output units. */
  readonly outputs: readonly number[];
};

export type AnswersPicture = {
  readonly labels: readonly number[];
  readonly answered: readonly number[];
  readonly right: readonly number[];
};

export type SaysPicture = {
  readonly digits: readonly DigitPicture[];
  readonly answers: AnswersPicture;
  /** What each class is called. */
  readonly classes: readonly string[];
  readonly fontSize: number;
  readonly heading: string;
  readonly names: { readonly right: string; readonly wrong: string; readonly there: string };
  readonly format: (count: number) => string;
};

type Layout = {
  readonly digits: readonly Area[];
  readonly side: number;
  readonly answers: Area;
  readonly classes: readonly Area[];
};

/** Where digits and bars are: beside each other where it is wide, else one below the other. */
export function laySays(area: Area, digits: number, classes: number, fontSize: number): Layout {
  const beside = area.width > area.height * 1.9 && digits > 0;
  const share = digits === 0 ? 0 : beside ? 0.56 : 0.56;
  const first = beside ? { ...area, width: area.width * share - 16 } : { ...area, height: area.height * share - 8 };
  const answers = beside
    ? { ...area, left: area.left + area.width * share, width: area.width * (1 - share) }
    : { ...area, top: area.top + area.height * share, height: area.height * (1 - share) };
  const { cells, side } = digitCells(first, digits, fontSize);
  const body = bodyOf(answers, fontSize);
  const wide = body.width / Math.max(1, classes);
  return {
    digits: cells,
    side,
    answers,
    classes: Array.from({ length: classes }, (_, index) => ({ ...body, left: body.left + wide * index, width: wide })),
  };
}

const bodyOf = ({ left, top, width, height }: Area, fontSize: number): Area => ({
  left,
  top: top + fontSize * 4.6,
  width,
  height: Math.max(1, height - fontSize * 6.2),
});

/** Of the digits: as large as fit, with an answer and a row of outputs below each. */
function digitCells(
  area: Area,
  count: number,
  fontSize: number,
): { readonly cells: readonly Area[]; readonly side: number } {
  let best: { cells: Area[]; side: number } = { cells: [], side: 0 };
  for (let across = 1; across <= count; across++) {
    // Whole rows, so that the two of each digit are found at once.
    if (count % across !== 0) continue;
    const down = Math.ceil(count / across);
    const [wide, high] = [area.width / across, area.height / down];
    const side = Math.min(wide - 8, high - belowOf(fontSize) - 6);
    if (side <= best.side) continue;
    const cells = Array.from({ length: count }, (_, index) => ({
      left: area.left + (index % across) * wide,
      top: area.top + Math.floor(index / across) * high,
      width: wide,
      height: Math.min(high, side + belowOf(fontSize) + 6),
    }));
    best = { cells, side };
  }
  return best;
}

const belowOf = (fontSize: number): number => fontSize * 2.9;

/** Paints all of it. */
export function paintSays(sheet: Sheet, area: Area, palette: Palette, picture: SaysPicture): void {
  const { digits, answers, fontSize } = picture;
  const layout = laySays(area, digits.length, answers.labels.length, fontSize);
  digits.forEach((digit, index) => {
    const cell = layout.digits[index];
    if (cell !== undefined) paintDigit(sheet, cell, layout.side, palette, digit, fontSize);
  });
  paintAnswers(sheet, layout, palette, picture);
}

function paintDigit(
  sheet: Sheet,
  cell: Area,
  side: number,
  palette: Palette,
  { picture, label, answer, name, outputs }: DigitPicture,
  fontSize: number,
): void {
  const left = cell.left + (cell.width - side) / 2;
  sheet.image(picture, { left, top: cell.top, width: side, height: side });
  const isRight = answer === label;
  const colour = isRight ? palette.good : palette.bad;
  const y = cell.top + side + fontSize * 0.9;
  const text = `${name} ${isRight ? '✓' : '✗'}`;
  sheet.text(cell.left + cell.width / 2, y, text, { colour, size: fontSize * 1.15, weight: 650, align: 'center' });
  // All outputs, so that it is seen how sure the answer is; they are as high as 1 where they lie between 0 and 1.
  const finite = outputs.map((value) => (Number.isFinite(value) ? Math.max(0, value) : 0));
  const most = Math.max(1, ...finite);
  const [bottom, high] = [y + fontSize * 1.9, fontSize * 1.1];
  const wide = side / Math.max(1, outputs.length);
  sheet.rect({ left, top: bottom - high, width: side, height: high }, palette.raised);
  line(sheet, [left, bottom, left + side, bottom], { colour: palette.line, width: 1 });
  finite.forEach((value, unit) => {
    const bar = { left: left + wide * unit + wide * 0.12, width: wide * 0.76 };
    const height = (value / most) * high;
    sheet.rect(
      { ...bar, top: bottom - height, height },
      unit === answer ? palette.ink : palette.soft,
      unit === answer ? 1 : 0.6,
    );
    if (unit === label) sheet.rect({ ...bar, top: bottom + 2, height: 2 }, palette.good);
  });
}

function paintAnswers(sheet: Sheet, { answers, classes }: Layout, palette: Palette, picture: SaysPicture): void {
  const { answers: counts, classes: called, fontSize, heading, format, names } = picture;
  const letters = { colour: palette.soft, size: fontSize } as const;
  sheet.text(answers.left, answers.top + fontSize * 0.7, heading, { ...letters, colour: palette.ink });
  const side = fontSize * 0.9;
  let x = answers.left;
  const y = answers.top + fontSize * 2.1;
  const entry = (text: string, paint: (sample: Area) => void): void => {
    paint({ left: x, top: y - side / 2, width: side * 1.4, height: side });
    sheet.text(x + side * 1.4 + 5, y, text, letters);
    x += side * 1.4 + 5 + sheet.widthOf(text, fontSize) + fontSize;
  };
  entry(names.right, (sample) => sheet.rect(sample, palette.good));
  entry(names.wrong, (sample) => hatch(sheet, sample, palette.bad));
  entry(names.there, ({ left, width }) => line(sheet, [left, y, left + width, y], { colour: palette.ink, width: 2.5 }));
  const most = Math.max(1, ...counts.answered, ...counts.labels);
  classes.forEach((area, index) => {
    const bottom = area.top + area.height;
    const at = (count: number): number => bottom - (count / most) * area.height;
    const [answered = 0, right = 0, there = 0] = [counts.answered[index], counts.right[index], counts.labels[index]];
    const wide = Math.min(area.width * 0.64, fontSize * 6);
    const bar = { left: area.left + (area.width - wide) / 2, width: wide };
    const middle = area.left + area.width / 2;
    if (answered > right) hatch(sheet, { ...bar, top: at(answered), height: at(right) - at(answered) }, palette.bad);
    sheet.rect({ ...bar, top: at(right), height: bottom - at(right) }, palette.good);
    line(sheet, [middle - wide * 0.68, at(there), middle + wide * 0.68, at(there)], {
      colour: palette.ink,
      width: 2.5,
    });
    if (answered > 0 && area.width > fontSize * 1.8) {
      const small = { colour: palette.ink, size: fontSize, align: 'center' } as const;
      // Above the bar, unless the mark of how many there are lies in the way.
      const isFree = at(answered) - at(there) > fontSize * 1.5 || at(there) >= at(answered);
      sheet.text(middle, (isFree ? at(answered) : at(there)) - fontSize * 0.7, format(answered), small);
    }
    line(sheet, [area.left, bottom, area.left + area.width, bottom], { colour: palette.line, width: 1 });
    sheet.text(middle, bottom + fontSize * 0.9, called[index] ?? '', {
      ...letters,
      align: 'center',
      size: fontSize * 1.1,
    });
  });
}
