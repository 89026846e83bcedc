/** The axes over which lines are guessed: the run from its beginning to its end, and powers of ten, slower above, faster below. */
import type { GuessAnswer } from '../../shared/protocol/guesses.ts';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { highest, lowest } from './knots.ts';

export const padSize = { width: 360, height: 200, left: 64, right: 12, top: 10, bottom: 26 } as const;
const { width, height, left, right, top, bottom } = padSize;

export const xOf = (share: number): number => left + share * (width - left - right);
export const yOf = (decade: number): number =>
  top + ((highest - decade) / (highest - lowest)) * (height - top - bottom);

/** Writes a line as the path of a drawing. */
export const pathOf = (line: GuessAnswer['line']): string =>
  (line ?? []).map(([share, decade], n) => `${n === 0 ? 'M' : 'L'}${xOf(share)} ${yOf(decade)}`).join('');

/** Draws grid and labels. */
export function LineAxes() {
  const { say, language } = useWords();
  const decades = Array.from({ length: highest - lowest + 1 }, (_, n) => lowest + n);
  return (
    <g aria-hidden="true">
      {decades.map((decade) => (
        <g key={decade}>
          <line
            x1={left}
            x2={width - right}
            y1={yOf(decade)}
            y2={yOf(decade)}
            stroke={decade === 0 ? 'var(--lab-soft)' : 'var(--lab-grid)'}
          />
          <text x={left - 6} y={yOf(decade) + 4} textAnchor="end" fontSize="12" fill="var(--lab-soft)">
            {decade < 0
              ? say('guess.line.faster')
              : decade === 0
                ? say('guess.line.equal')
                : say('guess.line.times', { times: wholeNumber(10 ** decade, language) })}
          </text>
        </g>
      ))}
      <text x={left} y={height - 8} fontSize="12" fill="var(--lab-soft)">
        {say('guess.line.begin')}
      </text>
      <text x={width - right} y={height - 8} textAnchor="end" fontSize="12" fill="var(--lab-soft)">
        {say('guess.line.end')}
      </text>
    </g>
  );
}
