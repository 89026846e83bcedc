/** The values of all lines at the place under the pointer, the largest on top. */
import { useWords } from '../../i18n/words.ts';
import { RunMark } from '../../panels/run-mark.tsx';
import { PlotTip } from '../tip.tsx';
import type { LineValue } from './line-values.ts';
import { isSeeds, type RunGroup } from './groups.ts';

type Props = {
  readonly heading: string;
  readonly groups: readonly RunGroup[];
  /** Of each group; null where it has ended or has not been measured. */
  readonly values: readonly (LineValue | null)[];
  readonly format: (value: number) => string;
  readonly pointed: number | null;
  readonly x: number;
  readonly width: number;
};

/** More rows than that would hide the plot. */
const mostRows = 10;

/** Draws the box beside the vertical line. */
export function CompareTooltip({ heading, groups, values, format, pointed, x, width }: Props) {
  const { say } = useWords();
  const rows = groups
    .map((group, index) => ({ group, index, its: values[index] ?? null }))
    .filter(({ its }) => its !== null)
    .toSorted((a, b) => (b.its?.value ?? 0) - (a.its?.value ?? 0));
  const left = rows.length - mostRows;
  const kept = left <= 0 ? rows : rows.filter(({ index }, rank) => rank < mostRows || index === pointed);
  return (
    <PlotTip heading={heading} x={x} width={width} className="compare-tooltip">
      {kept.map(({ group, index, its }) => (
        <div key={group.name} className={pointed === index ? 'plot-tooltip-row near' : 'plot-tooltip-row'}>
          <RunMark label={group.runs[0].label} size={12} />
          <span>{group.name}</span>
          <span className="number strong">{its === null ? '' : format(its.value)}</span>
          <span className="number">
            {its !== null && isSeeds(group) && say('compare.range', { low: format(its.low), high: format(its.high) })}
          </span>
        </div>
      ))}
      {left > 0 && <div className="plot-tooltip-step">{say('compare.more', { count: left })}</div>}
    </PlotTip>
  );
}
