/** How much room a poll needs on the projector. */
import type { Poll } from '../../shared/protocol/polls.ts';

/** Letters of a line, as wide as Latin ones, of a question or a choice, and of a choice beside its bar. */
const [wideLine, narrowLine] = [34, 15];

const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) > 0x2e80 ? 2 : 1), 0);
const linesOf = (text: string, line: number): number => Math.max(1, Math.ceil(widthOf(text) / line));

/** How many lines a poll takes at least, so that its type can be as large as there is room for. */
export function rowsOf({ question, options, standing }: Poll): number {
  const head = 1.3 * linesOf(question, wideLine) + 2;
  if (standing.kind !== 'revealed') {
    return options.reduce((sum, option) => sum + linesOf(option, wideLine) + 0.5, head);
  }
  const rounds = standing.tallies.length;
  const own = options.reduce((sum, option) => sum + Math.max(linesOf(option, narrowLine), rounds) + 0.5, head);
  const texts = standing.tallies.flatMap((tally) => ('texts' in tally ? tally.texts : []));
  const bars = standing.tallies.reduce((sum, tally) => sum + ('numbers' in tally ? 11 : 0), 0);
  return texts.reduce((sum, [text]) => sum + linesOf(text, wideLine) + 1, own + bars);
}
