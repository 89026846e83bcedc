/** A plot as a picture of its own: title above, the sentence below, painted by the painters of the page. */
import { type Palette, theme } from '../../theme.ts';
import { geometryOf, paintAxisTitle, paintFrame } from '../frame-painter.ts';
import { sheetOn } from '../sheet/canvas-sheet.ts';
import type { Sheet, Size } from '../sheet/sheet.ts';
import { svgSheet } from '../sheet/svg-sheet.ts';
import type { Figure } from './figure.ts';

export type Picture = {
  readonly figure: Figure;
  readonly title: string;
  /** Whose curves these are. */
  readonly subtitle: string;
  readonly sentence: string;
  readonly palette: Palette;
};

const font = theme.fontFamily ?? 'sans-serif';
const edge = 16;
const titleSize = 20;
const textSize = 14;
/** The sentence is a little bolder than other text, and so a little wider. */
const sentenceWeight = 550;
const lineHeight = 1.45;
/** Dots for each CSS pixel of a PNG. */
const resolution = 2;

/** Breaks a text into lines of at most a width: between words, or anywhere in writing that has no spaces. */
export function brokenInto(text: string, most: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const piece of text.match(/[\u2E80-\u9FFF\uFF00-\uFFEF]|[^\s\u2E80-\u9FFF\uFF00-\uFFEF]+\s*|\s+/g) ?? []) {
    if (current !== '' && widthOf((current + piece).trimEnd()) > most) {
      lines.push(current.trimEnd());
      current = '';
    }
    current += piece;
  }
  return current === '' ? lines : [...lines, current.trimEnd()];
}

type Layout = { readonly size: Size; readonly top: number; readonly lines: readonly string[] };

function layOut({ figure, sentence }: Picture, widthOf: Sheet['widthOf']): Layout {
  const { width, height } = figure.size;
  const lines = brokenInto(sentence, width, (text) => widthOf(text, textSize, sentenceWeight));
  const top = edge + titleSize * lineHeight + 8;
  return {
    size: { width: width + 2 * edge, height: top + height + 8 + lines.length * textSize * lineHeight + edge },
    top,
    lines,
  };
}

function paintPicture(sheet: Sheet, { figure, title, subtitle, palette }: Picture, { size, top, lines }: Layout): void {
  sheet.rect({ left: 0, top: 0, ...size }, palette.plot);
  const titleAt = edge + titleSize * 0.7;
  sheet.text(edge, titleAt, title, { colour: palette.ink, size: titleSize, weight: 650 });
  sheet.text(size.width - edge, titleAt, subtitle, { colour: palette.soft, size: textSize, align: 'right' });
  const box = { left: edge, top, ...figure.size };
  const geometry =
    figure.frame === null
      ? geometryOf(box, { x: { domain: [0, 1], ticks: [] }, y: { domain: [0, 1], ticks: [] } })
      : paintFrame(sheet, box, figure.frame, palette);
  if (figure.frame !== null) paintAxisTitle(sheet, geometry, figure.frame, palette.soft);
  figure.paint(sheet, geometry);
  lines.forEach((text, index) => {
    const y = top + figure.size.height + 8 + (index + 0.5) * textSize * lineHeight;
    sheet.text(edge, y, text, { colour: palette.ink, size: textSize, weight: sentenceWeight });
  });
}

/** Measures text as a canvas does. */
function measuring(): Sheet['widthOf'] {
  const sheet = sheetOn(document.createElement('canvas'), { width: 1, height: 1 }, font, 1);
  if (sheet === null) throw new Error('this browser gives no canvas');
  return sheet.widthOf;
}

/** Draws the picture as an SVG document. */
export function svgOf(picture: Picture): string {
  const widthOf = measuring();
  const layout = layOut(picture, widthOf);
  const sheet = svgSheet(layout.size, font, widthOf);
  paintPicture(sheet, picture, layout);
  return sheet.markup(`${picture.title}. ${picture.sentence}`);
}

/** Draws the picture as a PNG. */
export function pngOf(picture: Picture): Promise<Blob> {
  const layout = layOut(picture, measuring());
  const canvas = document.createElement('canvas');
  const sheet = sheetOn(canvas, layout.size, font, resolution);
  if (sheet !== null) paintPicture(sheet, picture, layout);
  const { promise, resolve, reject } = Promise.withResolvers<Blob>();
  canvas.toBlob(
    (blob) => (blob === null ? reject(new Error('this browser makes no PNG')) : resolve(blob)),
    'image/png',
  );
  return promise;
}

/** Hands a file to the person. */
export function download(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has taken hold of the file by the next turn; some ask the person first.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
