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

/** Returns the class that one image's outputs name: the largest, the first among equals; null when there is a NaN. */
export function answerOf(outputs: ArrayLike<number>): number | null {
  let answer = 0;
  for (let i = 0; i < outputs.length; i++) {
    if (outputs[i]! !== outputs[i]!) return null;
    if (outputs[i]! > outputs[answer]!) answer = i;
  }
  return answer;
}
