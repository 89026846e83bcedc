/** What a plot shows as tidy CSV, in the columns of the contract; where several runs are shown, the run comes first. */
import { csvHeader } from '../../../shared/protocol/measurements.ts';
import type { Row } from './figure.ts';

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Writes rows as CSV with a header; `layer` is empty for what belongs to the whole network. */
export function csvOf(rows: readonly Row[]): string {
  const several = rows.some(({ run }) => run !== undefined);
  const lines = rows.map(({ run, step, epoch, layer, metric, value }) =>
    [...(several ? [quoted(run ?? '')] : []), step, epoch, layer ?? '', metric, value].join(','),
  );
  return [`${several ? 'run,' : ''}${csvHeader}`, ...lines, ''].join('\n');
}
