/** Values of hidden layers kept from one pass over a batch to the next, image by image, in one array. */
import type { LayerLayout } from '../layout.ts';

/** z of a layer, its outputs, or the error at its outputs; of the errors there is room for one layer at a time. */
export type Kind = 'inputs' | 'outputs' | 'error';

export type Store = {
  read(kind: Kind, l: number, image: number, into: Float64Array): void;
  write(kind: Kind, l: number, image: number, values: Float64Array): void;
};

/** Counts the numbers that are kept of one image of a network with these hidden widths. */
export function numbersOfImage(hidden: readonly number[]): number {
  return 2 * hidden.reduce((sum, units) => sum + units, 0) + Math.max(...hidden);
}

/** Makes room for the values of `images` images in some hidden layers. */
export function createStore(layers: readonly LayerLayout[], images: number): Store {
  const widths = layers.map((layer) => layer.units);
  const all = widths.reduce((sum, units) => sum + units, 0);
  const stride = numbersOfImage(widths);
  const numbers = new Float64Array(images * stride);
  const firsts = widths.map((_, l) => widths.slice(0, l).reduce((sum, units) => sum + units, 0));

  function placeOf(kind: Kind, l: number, image: number): number {
    const first = image * stride;
    if (kind === 'error') return first + 2 * all;
    return first + firsts[l]! + (kind === 'inputs' ? 0 : all);
  }

  return {
    read(kind, l, image, into) {
      const at = placeOf(kind, l, image);
      for (let i = 0; i < into.length; i++) into[i] = numbers[at + i]!;
    },
    write(kind, l, image, values) {
      const at = placeOf(kind, l, image);
      for (let i = 0; i < values.length; i++) numbers[at + i] = values[i]!;
    },
  };
}
