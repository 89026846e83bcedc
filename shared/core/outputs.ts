/** Reading the network's answer off its outputs. */

/**
 * Tells whether output `label` is the largest of one image's, the first among equals; with a NaN no output is.
 * The image's outputs are `outputs[at]` to `outputs[at + classes - 1]`.
 */
export function isCorrect(outputs: ArrayLike<number>, label: number, at = 0, classes = outputs.length): boolean {
  const own = outputs[at + label]!;
  for (let i = 0; i < classes; i++) {
    const other = outputs[at + i]!;
    if (i < label ? !(other < own) : !(other <= own)) return false;
  }
  return true;
}
