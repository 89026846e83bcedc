/** The time that is left, on the clock of the whole room. */
import { useWords } from '../i18n/words.ts';
import { useSecondsUntil } from './hooks.ts';

/** Draws minutes and seconds until a moment of the server's clock; nothing without a timer. */
export function Timer({ until }: { readonly until: number | null }) {
  const { say } = useWords();
  const left = useSecondsUntil(until);
  if (left === null) return null;
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  return (
    <span className="guess-timer" role="timer" aria-label={say('guess.timer')} data-testid="guess-timer">
      {left === 0 ? say('guess.timer.over') : clock}
    </span>
  );
}
