/** A sheet on a canvas: sharp on every screen. */
import type { Sheet, Size } from './sheet.ts';

/** Labels are measured again and again, ten times a second; the page has one face. */
const widths = new Map<string, number>();
const mostWidths = 4000;

const contexts = new WeakMap<HTMLCanvasElement, CanvasRenderingContext2D>();

function measure(
  context: CanvasRenderingContext2D,
  font: string,
  text: string,
  letters: number,
  weight: number,
): number {
  const key = `${weight} ${letters} ${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  context.font = `${weight} ${letters}px ${font}`;
  const { width } = context.measureText(text);
  if (widths.size >= mostWidths) widths.clear();
  widths.set(key, width);
  return width;
}

let ruler: CanvasRenderingContext2D | null = null;

/** Returns how wide a text is in CSS pixels, for those who lay out what is not painted yet; 0 where the browser gives no context. */
export function widthOfText(text: string, font: string, letters: number, weight = 400): number {
  ruler ??= document.createElement('canvas').getContext('2d');
  return ruler === null ? 0 : measure(ruler, font, text, letters, weight);
}

/** Makes a sheet over a context whose units are CSS pixels; `font` is a list of families. */
function canvasSheet(context: CanvasRenderingContext2D, size: Size, font: string): Sheet {
  return {
    size,
    widthOf: (text, letters, weight = 400) => measure(context, font, text, letters, weight),
    begin: () => context.beginPath(),
    moveTo: (x, y) => context.moveTo(x, y),
    lineTo: (x, y) => context.lineTo(x, y),
    stroke({ colour, width, dash = [], alpha = 1 }) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.globalAlpha = alpha;
      context.setLineDash([...dash]);
      context.stroke();
      context.setLineDash([]);
      context.globalAlpha = 1;
    },
    fill(colour, alpha = 1) {
      context.fillStyle = colour;
      context.globalAlpha = alpha;
      context.fill();
      context.globalAlpha = 1;
    },
    rect({ left, top, width, height }, colour, alpha = 1) {
      context.fillStyle = colour;
      context.globalAlpha = alpha;
      context.fillRect(left, top, width, height);
      context.globalAlpha = 1;
    },
    dot(x, y, radius, colour, alpha = 1) {
      context.fillStyle = colour;
      context.globalAlpha = alpha;
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fill();
      context.globalAlpha = 1;
    },
    image(picture, { left, top, width, height }) {
      if (picture.width === 0 || picture.height === 0) return;
      context.imageSmoothingEnabled = false;
      context.drawImage(picture, left, top, width, height);
    },
    text(x, y, text, { colour, size: letters, weight = 400, align = 'left', upwards = false }) {
      context.save();
      context.font = `${weight} ${letters}px ${font}`;
      context.fillStyle = colour;
      context.textAlign = align;
      context.textBaseline = 'middle';
      context.translate(x, y);
      if (upwards) context.rotate(-Math.PI / 2);
      context.fillText(text, 0, 0);
      context.restore();
    },
    clipped({ left, top, width, height }, paint) {
      context.save();
      context.beginPath();
      context.rect(left, top, width, height);
      context.clip();
      paint();
      context.restore();
    },
  };
}

/** Fits a canvas to its size in CSS pixels, clears it and makes a sheet of it; null where the browser gives no context. */
export function sheetOn(canvas: HTMLCanvasElement, size: Size, font: string, ratio: number): Sheet | null {
  const context = contexts.get(canvas) ?? canvas.getContext('2d');
  if (context === null) return null;
  contexts.set(canvas, context);
  const [wide, high] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  context.lineJoin = 'round';
  context.lineCap = 'round';
  return canvasSheet(context, size, font);
}
