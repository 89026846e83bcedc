/** How well an autoencoder repeats the pictures that it is shown. */

/** A picture of values from 0 to 1, and what the network answers to it. */
export type Copy = { readonly shown: readonly number[]; readonly answered: readonly number[]; readonly error: number };

const rootOfMean = (squares: readonly number[]): number =>
  Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / Math.max(1, squares.length));

/** The root of the mean square of what two pictures differ by. */
const differenceOf = (one: readonly number[], other: readonly number[]): number =>
  rootOfMean(one.map((value, pixel) => (value - (other[pixel] ?? Number.NaN)) ** 2));

/** Compares answers with the pictures, which come as bytes. */
export function copiesOf(
  pictures: readonly { readonly pixels: readonly number[]; readonly outputs: readonly number[] }[],
): Copy[] {
  return pictures.map(({ pixels, outputs }) => {
    const shown = pixels.map((byte) => byte / 256);
    return { shown, answered: outputs, error: differenceOf(shown, outputs) };
  });
}

/** The error over all pictures, and what it would be if the answer were always the mean of them. */
export function errorsOf(copies: readonly Copy[]): { readonly error: number; readonly grey: number } {
  const mean = (copies[0]?.shown ?? []).map(
    (_, pixel) => copies.reduce((sum, { shown }) => sum + (shown[pixel] ?? 0), 0) / copies.length,
  );
  return {
    error: rootOfMean(copies.map(({ error }) => error ** 2)),
    grey: rootOfMean(copies.map(({ shown }) => differenceOf(shown, mean) ** 2)),
  };
}
