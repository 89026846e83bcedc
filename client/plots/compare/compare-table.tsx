/** The comparison in numbers: a row for each run, at the last step that is on show of it; then the median of seeds. */
import { wholeNumber } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { RunMark } from '../../panels/run-mark.tsx';
import type { Drawn } from '../use-drawn.ts';
import { useSampled } from '../use-sampled.ts';
import { distinctionsOf } from './distinction.ts';
import { factsOf } from './facts.ts';
import { isSeeds } from './groups.ts';
import { formatOf } from './subject.ts';
import type { Compared } from './use-compared.ts';

const refreshEvery = 500;

/** Draws the table. */
export function CompareTable({ compared, drawn }: { readonly compared: Compared; readonly drawn: Drawn }) {
  const words = useWords();
  const { say, language } = words;
  const now = useSampled(drawn, refreshEvery);
  const { subject, runs, groups } = compared;
  const format = formatOf(subject, language);
  const configurations = runs.map(({ configuration }) => configuration);
  const distinctions = distinctionsOf(words, configurations, 4);
  const facts = factsOf(words, compared, now).filter(({ seeds }) => seeds > 1);
  return (
    <table className="layers-table compare-table" data-testid="compare-table">
      <caption>
        {say(`compare.table.${subject.kind}`, { layer: subject.layer, measure: say(`measure.${subject.measure}`) })}
      </caption>
      <thead>
        <tr>
          <th scope="col">{say('compare.table.run')}</th>
          <th scope="col">{say('compare.table.what')}</th>
          <th scope="col">{say('controls.step-count')}</th>
          <th scope="col">{say('compare.table.value')}</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run, index) => {
          const curve = now[index];
          const at = (curve?.count ?? 0) - 1;
          const [step, value] = [curve?.series.steps[at], curve?.series.values[at]];
          const known = curve !== undefined && value !== undefined;
          return (
            <tr key={run.id}>
              <th scope="row">
                <RunMark label={run.label} size={12} /> {run.label}
              </th>
              <td>{[...(distinctions[index] ?? []), `${say('field.seed')} ${run.configuration.seed}`].join(' · ')}</td>
              <td>{step === undefined ? '…' : wholeNumber(step, language)}</td>
              <td className="strong">{known ? format(value * curve.factor) : '…'}</td>
            </tr>
          );
        })}
      </tbody>
      {groups.some(isSeeds) && (
        <tfoot>
          {facts.map(({ name, seeds, value, low, high, step }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{say('compare.table.median', { count: seeds })}</td>
              <td>{wholeNumber(step, language)}</td>
              <td className="strong">
                {format(value)} ({say('compare.range', { low: format(low), high: format(high) })})
              </td>
            </tr>
          ))}
        </tfoot>
      )}
    </table>
  );
}
