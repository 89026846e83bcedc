/** Draws the runs whose eye is open as lines across their settings to what came of them. The table is its twin in words. */
import { useElementSize } from '@mantine/hooks';
import { useState } from 'react';
import { plainNumber, percent } from '../../shared/words/numbers.ts';
import { type Words, useWords } from '../i18n/words.ts';
import { saidField, saidValue } from '../../shared/words/difference.ts';
import { RunMark } from '../panels/run-mark.tsx';
import type { RunId } from '../../shared/protocol/state.ts';
import { groupedByHeight, type ParallelAxis, parallelAxes, readableTicks } from './parallel.ts';
import type { RunRow } from './rows.ts';
import { saidRatio } from './values.ts';

const size = { height: 330, top: 72, bottom: 44, left: 24, right: 132, line: 16, mark: 34 };
/** So many marks stand side by side where runs end together. */
const mostMarks = 3;
/** A second sign beside the hue, for the runs in turn. */
const dashes = ['', '8 4', '2 3', '12 3 2 3', '5 5', '1 4', '14 4', '6 2 2 2'];

type Props = {
  /** The runs that are compared, oldest first. */
  readonly rows: readonly RunRow[];
  readonly onLook: (run: RunId) => void;
};

/** Draws the plot. */
export function ParallelPlot({ rows, onLook }: Props) {
  const words = useWords();
  const { say } = words;
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [pointed, setPointed] = useState<RunId | null>(null);
  const axes = parallelAxes(rows);
  const ends = rows.map((_, run) => axes.at(-1)?.heights[run] ?? null);
  const between = (width - size.left - size.right) / Math.max(1, axes.length - 1);
  const x = (index: number): number => size.left + index * between;
  const inner = size.height - size.top - size.bottom;
  const y = (at: number): number => size.height - size.bottom - at * inner;
  return (
    <div className="parallel" ref={ref} data-testid="parallel" data-runs={rows.map(({ run }) => run.id).join()}>
      {rows.length === 0 && <p className="soft">{say('runs.lines.none')}</p>}
      {width > 0 && rows.length > 0 && (
        <svg width={width} height={size.height} role="group" aria-label={say('runs.lines.label')}>
          {axes.map(({ name }, index) => (
            <g key={name} className="parallel-axis">
              <line x1={x(index)} x2={x(index)} y1={y(0)} y2={y(1)} />
            </g>
          ))}
          {rows.map(({ run, order }, index) => {
            const d = pathOf(axes, index, x, y);
            return (
              <g
                key={run.id}
                className={pointed === null || pointed === run.id ? 'parallel-run' : 'parallel-run away'}
                role="button"
                tabIndex={0}
                aria-label={say('runs.look.to', { label: run.label })}
                onPointerEnter={() => setPointed(run.id)}
                onPointerLeave={() => setPointed(null)}
                onFocus={() => setPointed(run.id)}
                onBlur={() => setPointed(null)}
                onClick={() => onLook(run.id)}
                onKeyDown={(event) => {
                  if (event.key !== 'Enter') return;
                  event.preventDefault();
                  onLook(run.id);
                }}
                data-testid={`line-${run.id}`}
              >
                <path className="parallel-reach" d={d} />
                <path
                  className="parallel-line"
                  d={d}
                  stroke={`var(--lab-run-${order % dashes.length})`}
                  strokeDasharray={dashes[order % dashes.length]}
                />
              </g>
            );
          })}
          {axes.map((axis, index) => (
            <Labels key={axis.name} axis={axis} x={x(index)} y={y} room={between} words={words} />
          ))}
          {groupedByHeight(ends, size.line / inner).map(({ at, runs: its }) => (
            <g key={at} transform={`translate(${x(axes.length - 1) + 12}, ${y(at) - 8})`}>
              {its.slice(0, mostMarks).map((index, place) => {
                const label = rows[index]?.run.label ?? '';
                return (
                  <g key={label} transform={`translate(${place * size.mark}, 0)`}>
                    <RunMark label={label} size={14} />
                    <text x={17} y={12}>
                      {label}
                    </text>
                  </g>
                );
              })}
              {its.length > mostMarks && (
                <text x={mostMarks * size.mark} y={12}>
                  +{its.length - mostMarks}
                </text>
              )}
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}

type LabelsProps = {
  readonly axis: ParallelAxis;
  readonly x: number;
  readonly y: (at: number) => number;
  readonly room: number;
  readonly words: Words;
};

/** The name of an axis and its ticks, above the lines; those of the last axis stand before it, as the runs stand behind. */
function Labels({ axis, x, y, room, words }: LabelsProps) {
  const ticks = readableTicks(axis.ticks, y(0) - y(1), size.line);
  const isFirst = x <= size.left;
  const isLast = axis.name === 'accuracy';
  const most = Math.max(6, Math.floor((room - 12) / 7));
  return (
    <g>
      <foreignObject x={isFirst ? 0 : x - room / 2} y={0} width={Math.max(room, 60)} height={size.top - 40}>
        <div className={isFirst ? 'parallel-name first' : 'parallel-name'}>{nameOf(words, axis.name)}</div>
      </foreignObject>
      {ticks.map(({ at, value }) => (
        <text key={at} x={isLast ? x - 6 : x + 6} y={y(at) + 4} textAnchor={isLast ? 'end' : 'start'}>
          {shortened(tickOf(words, axis.name, value), most)}
        </text>
      ))}
    </g>
  );
}

const shortened = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

function nameOf({ say }: Words, name: string): string {
  if (name === 'depth' || name === 'parameters' || name === 'ratio' || name === 'accuracy')
    return say(`runs.column.${name}`);
  return saidField(say, name);
}

function tickOf({ say, language }: Words, name: string, value: unknown): string {
  if (typeof value === 'number') {
    if (name === 'ratio') return saidRatio(value, language);
    if (name === 'accuracy') return percent(value, language, 0);
    if (name === 'depth' || name === 'parameters') return plainNumber(value, language);
  }
  return saidValue(say, language, name, value ?? undefined);
}

/** A line through the run's values; it is broken where there is none. */
function pathOf(
  axes: readonly ParallelAxis[],
  run: number,
  x: (index: number) => number,
  y: (at: number) => number,
): string {
  let draws = false;
  return axes
    .map(({ heights }, index) => {
      const at = heights[run] ?? null;
      const step = at === null ? '' : `${draws ? 'L' : 'M'}${x(index).toFixed(1)},${y(at).toFixed(1)}`;
      draws = at !== null;
      return step;
    })
    .join('');
}
