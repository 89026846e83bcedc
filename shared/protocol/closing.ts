/**
 * What closes by itself: guesses and polls whose timer has run out. Pure; whoever has a clock asks when the next one is due and
 * then has the room close it. Rules G9 and Q9.
 */
import { closeGuess } from './decide-guesses.ts';
import type { Circumstances, Decision } from './decision.ts';
import type { RoomEvent } from './events.ts';
import { GRACE_MS } from './limits.ts';
import type { RoomState } from './state.ts';

type Asked = Pick<RoomState, 'guesses' | 'polls' | 'endedAt'>;
type Timed = { readonly standing: { readonly kind: string; readonly closesAt?: number | null } };

/** From when on nothing can be answered any more, in ms of the server's clock; Infinity where no timer runs. */
const overAt = ({ standing }: Timed): number =>
  standing.kind === 'open' && typeof standing.closesAt === 'number' ? standing.closesAt + GRACE_MS + 1 : Infinity;

/** Returns when the next guess or poll of a room is to close, in ms of the server's clock; null where no timer runs. */
export function nextClosing({ guesses, polls, endedAt }: Asked): number | null {
  const times = [...Object.values(guesses), ...Object.values(polls)].map(overAt);
  const next = Math.min(...times);
  return next === Infinity || endedAt !== null ? null : next;
}

/** Closes what is due, in no one's name; nothing where nothing is, so that to ask twice or too early does no harm. */
export function decideClosing(state: RoomState, given: Circumstances): Decision {
  if (state.endedAt !== null) return { ok: true, events: [] };
  const isDue = (timed: Timed): boolean => overAt(timed) <= given.now;
  const polls = Object.values(state.polls)
    .filter(isDue)
    .map(({ id }): RoomEvent => ({ type: 'poll-closed', data: { poll: id } }));
  const guesses = Object.values(state.guesses)
    .filter(isDue)
    .map((guess) => closeGuess(guess, given));
  return { ok: true, events: [...guesses, ...polls] };
}
