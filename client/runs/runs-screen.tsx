/** The runs on a projector: those that are compared, as many as fit, with what tells them apart and what has come of them. */
import { useWords } from '../i18n/words.ts';
import { RunMark } from '../panels/run-mark.tsx';
import '../plots/card/shown-card.css';
import { useSize } from '../plots/use-size.ts';
import { AccuracyText, ChangesText, RatioText, StatusText } from './run-cells.tsx';
import type { RunRow } from './rows.ts';
import { useRunRows } from './use-rows.ts';
import './runs-screen.css';

const heads = ['run', 'changes', 'ratio', 'accuracy', 'status'] as const;
/** A row with its type for the back row, and the row of names above all of them. */
const rowHeight = 64;

/** Draws the table. */
export function RunsScreen() {
  const { say } = useWords();
  const [box, { height }] = useSize<HTMLDivElement>();
  const all = useRunRows();
  const rows = shownOf(all, Math.max(1, Math.floor(height / rowHeight) - 1));
  return (
    <section className="shown-card" aria-label={say('runs.table')} data-plot="runs">
      <header className="plot-heading">
        <h2>{say('runs.table')}</h2>
        {rows.length < all.length && (
          <span className="plot-run">{say('runs.screen.some', { shown: rows.length, count: all.length })}</span>
        )}
      </header>
      <div ref={box} className="plot-body">
        <table className="runs-screen" data-testid="runs-screen">
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {say(`runs.column.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.run.id} aria-current={row.isLooked} data-testid={`screen-${row.run.id}`}>
                <th scope="row">
                  <RunMark label={row.run.label} size={28} /> <strong>{row.run.label}</strong> {row.network}
                </th>
                <td>
                  <ChangesText row={row} />
                </td>
                <td className="strong">
                  <RatioText row={row} />
                </td>
                <td>
                  <AccuracyText row={row} />
                </td>
                <td>
                  <StatusText run={row.run} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Of more runs than there is room for: the one on show, then those that are compared, then the newest; in the order of the room. */
function shownOf(all: readonly RunRow[], most: number): RunRow[] {
  const rank = ({ isLooked, isShown, order }: RunRow): number => (isLooked ? 2e9 : isShown ? 1e9 : 0) + order;
  return all
    .toSorted((one, other) => rank(other) - rank(one))
    .slice(0, most)
    .toSorted((one, other) => one.order - other.order);
}
