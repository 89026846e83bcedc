/** The time left of something that ends on the room's clock, the same on every page. */
import { useEffect, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { useRoom } from '../room/context.tsx';

const lookEvery = 250;

/** Returns the whole seconds left, 0 when time is over; null without a timer. */
export function useSecondsLeft(endsAt: number | null): number | null {
  const { now } = useRoom();
  const [at, setAt] = useState(now);
  useEffect(() => {
    if (endsAt === null) return;
    const timer = setInterval(() => setAt(now()), lookEvery);
    return () => clearInterval(timer);
  }, [endsAt, now]);
  return endsAt === null ? null : Math.max(0, Math.ceil((endsAt - at) / 1000));
}

/** Writes seconds as minutes and seconds: 1:05. */
const clockTime = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** Draws the time left; nothing without a timer. */
export function TimeLeft({ endsAt }: { readonly endsAt: number | null }) {
  const { say } = useWords();
  const left = useSecondsLeft(endsAt);
  if (left === null) return null;
  return (
    <span className={left <= 10 ? 'time-left soon' : 'time-left'} data-testid="time-left" data-seconds={left}>
      {left === 0 ? say('poll.time.over') : say('poll.time.left', { time: clockTime(left) })}
    </span>
  );
}
