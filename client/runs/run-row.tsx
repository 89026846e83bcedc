/** One run of the table. Its row keeps its identity until something that it says has changed, and is drawn again only then. */
import { memo, type MouseEvent } from 'react';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { RunMark } from '../panels/run-mark.tsx';
import type { RunId } from '../../shared/protocol/state.ts';
import { AccuracyText, ChangesText, RatioText, StatusText, VerifiedText } from './run-cells.tsx';
import { RunEye } from './run-eye.tsx';
import type { RunRow as Row } from './rows.ts';

export type RowHands = {
  readonly look: (run: RunId) => void;
  readonly select: (run: RunId, range: boolean) => void;
  readonly stand: (run: RunId) => void;
};

type Props = {
  readonly row: Row;
  readonly index: number;
  readonly isSelected: boolean;
  readonly isCurrent: boolean;
  /** Keeps its identity: the hands of a list are always the same. */
  readonly hands: RowHands;
};

/** Draws the row; within it only the row itself is a stop of the Tab key, the rest is reached by arrows. */
export const RunRow = memo(function RunRow({ row, index, isSelected, isCurrent, hands }: Props) {
  const { say, language } = useWords();
  const { run, network, author } = row;
  const onSelect = (event: MouseEvent): void => {
    event.stopPropagation();
    hands.select(run.id, event.shiftKey);
  };
  return (
    <div
      role="row"
      className="run-row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-current={row.isLooked}
      tabIndex={isCurrent ? 0 : -1}
      onFocus={(event) => event.target === event.currentTarget && hands.stand(run.id)}
      data-run={run.id}
      data-testid={`row-${run.id}`}
    >
      <span role="gridcell">
        <input
          type="checkbox"
          tabIndex={-1}
          checked={isSelected}
          aria-label={say('runs.select', { label: run.label })}
          onClick={onSelect}
          onChange={() => undefined}
          data-testid={`select-${run.id}`}
        />
      </span>
      <span role="gridcell">
        <RunEye run={run} isShown={row.isShown} tabIndex={-1} />
      </span>
      <span role="rowheader">
        <button
          type="button"
          className="run-name"
          tabIndex={-1}
          title={say('runs.look.to', { label: run.label })}
          onClick={() => hands.look(run.id)}
        >
          <RunMark label={run.label} />
          <span className="run-name-words">
            <strong>{run.label}</strong>
            <span className="run-network">{network}</span>
          </span>
        </button>
      </span>
      <span role="gridcell" className="cell-changes">
        <ChangesText row={row} />
      </span>
      <span role="gridcell" className="cell-words" title={author}>
        {author}
      </span>
      <span role="gridcell" className="cell-status">
        <StatusText run={run} />
      </span>
      <span role="gridcell" className="cell-number">
        {row.depth}
      </span>
      <span role="gridcell" className="cell-number">
        {wholeNumber(row.parameters, language)}
      </span>
      <span role="gridcell" className="cell-number strong" data-testid={`ratio-${run.id}`}>
        <RatioText row={row} />
      </span>
      <span role="gridcell" className="cell-number" data-testid={`accuracy-${run.id}`}>
        <AccuracyText row={row} />
      </span>
      <span role="gridcell" data-testid={`verified-${run.id}`} data-state={row.verified ?? 'none'}>
        <VerifiedText verified={row.verified} />
      </span>
    </div>
  );
});
