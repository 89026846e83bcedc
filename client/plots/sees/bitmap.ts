/** Pictures as canvases of one dot a pixel, to be drawn as large as there is room. */
import { heatColours, type Palette } from '../../theme.ts';

const levels = 255;

const channels = (hex: string): [number, number, number] => [
  Number.parseInt(hex.slice(1, 3), 16),
  Number.parseInt(hex.slice(3, 5), 16),
  Number.parseInt(hex.slice(5, 7), 16),
];

function bitmap(side: number, colourOf: (index: number) => readonly [number, number, number]): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext('2d');
  if (context === null) return canvas;
  const image = context.createImageData(side, side);
  for (let index = 0; index < side * side; index++) {
    const [red, green, blue] = colourOf(index);
    image.data.set([red, green, blue, 255], index * 4);
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** Which of an odd number of colours stands for a value on a scale from -`full` to `full`; what is not finite has none. */
export function levelOf(value: number, full: number, count: number): number | null {
  if (!Number.isFinite(value)) return null;
  const middle = (count - 1) / 2;
  const share = full === 0 ? 0 : Math.min(1, Math.max(-1, value / full));
  return middle + Math.round(share * middle);
}

/** Makes the painter of pictures of signed values: `full` is the value of the strongest colour. */
export function signedBitmaps(
  palette: Palette,
  side: number,
): (values: readonly number[], full: number) => HTMLCanvasElement {
  const scale = heatColours(palette, levels).map(channels);
  const nothing = channels(palette.warn);
  return (values, full) =>
    bitmap(side, (index) => {
      const level = levelOf(values[index] ?? Number.NaN, full, levels);
      return (level === null ? null : scale[level]) ?? nothing;
    });
}

/** Makes a picture of greys, 0 black to 255 white. */
export const greyBitmap = (pixels: readonly number[], side: number): HTMLCanvasElement =>
  bitmap(side, (index) => {
    const grey = pixels[index] ?? 0;
    return [grey, grey, grey];
  });
