/** Empty axes on which people draw how the ratio will go: by dragging, by tapping, or knot by knot with the keys. */
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { GuessAnswer } from '../../shared/protocol/guesses.ts';
import { percent, times } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { highest, keyed, knotShares, type Knots, knotsOf, lineOf, lowest, noKnots, pointedAt } from './knots.ts';
import { LineAxes, padSize, pathOf, xOf, yOf } from './line-axes.tsx';

type Props = {
  readonly line: GuessAnswer['line'];
  readonly onChange: (line: GuessAnswer['line']) => void;
};

/** Draws the axes, what has been drawn on them, and a slider for every knot. */
export function LinePad({ line, onChange }: Props) {
  const { say, language } = useWords();
  const [knots, setKnots] = useState<Knots>(() => knotsOf(line));
  const [current, setCurrent] = useState(0);
  const drawing = useRef<SVGSVGElement>(null);
  const put = (next: Knots): void => {
    setKnots(next);
    onChange(lineOf(next));
  };
  const point = (event: PointerEvent<SVGSVGElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [
      ((event.clientX - box.left) / box.width) * padSize.width,
      ((event.clientY - box.top) / box.height) * padSize.height,
    ];
    const share = (x - xOf(0)) / (xOf(1) - xOf(0));
    const decade = highest - ((y - yOf(highest)) / (yOf(lowest) - yOf(highest))) * (highest - lowest);
    put(pointedAt(knots, share, decade));
  };
  const onKeyDown = (event: KeyboardEvent<SVGElement>): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const to = Math.min(knotShares.length - 1, Math.max(0, current + by));
    const next = by === 0 ? keyed(knots, current, event.key) : null;
    if (by === 0 && next === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (next !== null) return put(next);
    setCurrent(to);
    drawing.current?.querySelector<SVGElement>(`[data-knot="${to}"]`)?.focus();
  };
  const saidHeight = (height: number | null): string => {
    if (height === null) return say('guess.line.nothing');
    if (height === 0) return say('guess.said.equal');
    const factor = times(10 ** Math.abs(height), language);
    return say(height > 0 ? 'guess.said.slower' : 'guess.truth.faster', { times: factor });
  };
  return (
    <div className="line-pad" role="group" aria-label={say('guess.line')}>
      <div className="line-pad-head">
        <span>{say('guess.line')}</span>
        <button
          type="button"
          className="plain-button"
          disabled={knots.every((height) => height === null)}
          onClick={() => put(noKnots)}
          data-testid="guess-line-clear"
        >
          {say('guess.line.clear')}
        </button>
      </div>
      <svg
        ref={drawing}
        viewBox={`0 0 ${padSize.width} ${padSize.height}`}
        className="line-drawing"
        data-testid="guess-line"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          point(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) point(event);
        }}
      >
        <LineAxes />
        <path d={pathOf(lineOf(knots))} fill="none" stroke="var(--lab-accent)" strokeWidth="3" />
        {knotShares.map((share, n) => {
          const height = knots[n] ?? null;
          return (
            <circle
              key={share}
              cx={xOf(share)}
              cy={yOf(height ?? 0)}
              r={height === null ? 4 : 6}
              fill={height === null ? 'var(--lab-plot)' : 'var(--lab-accent)'}
              stroke={height === null ? 'var(--lab-soft)' : 'var(--lab-accent)'}
              strokeDasharray={height === null ? '2 2' : undefined}
              role="slider"
              tabIndex={n === current ? 0 : -1}
              aria-label={say('guess.line.knot', { share: percent(share, language, 0) })}
              aria-valuemin={lowest}
              aria-valuemax={highest}
              aria-valuenow={height ?? 0}
              aria-valuetext={saidHeight(height)}
              aria-orientation="vertical"
              data-knot={n}
              onFocus={() => setCurrent(n)}
              onKeyDown={onKeyDown}
            />
          );
        })}
      </svg>
    </div>
  );
}
