/** Returns the letter of the run that was started as number `index` (from 0): A to Z, then AA, AB and so on. */
export function runLabel(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : runLabel(Math.floor(index / 26) - 1) + letter;
}
