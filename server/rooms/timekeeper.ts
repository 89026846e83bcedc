/**
 * Closes a room's guesses and polls when their timers have run out, by the server's clock. It goes by the room's facts alone, so
 * that after a restart it closes what ran out meanwhile.
 */
import { nextClosing } from '../../shared/protocol/closing.ts';
import type { Room } from '../../shared/serving/room.ts';

/** Where the store is away, closing is tried again so much later. */
const RETRY_MS = 1000;

export type TimekeeperParts = {
  readonly now: () => number;
  /** Does something so many ms later; returns how to call it off. */
  readonly later: (work: () => void, ms: number) => () => void;
};

/** Keeps the timers of a room until the returned function is called. */
export function keepTime(room: Pick<Room, 'state' | 'ask' | 'subscribe'>, { now, later }: TimekeeperParts): () => void {
  let callOff: () => void = () => undefined;
  const wait = (least = 0): void => {
    callOff();
    const at = nextClosing(room.state);
    callOff = at === null ? () => undefined : later(close, Math.max(least, at - now()));
  };
  const close = (): void => {
    // A clock may have been early; then nothing was closed, and it is waited for again.
    room.ask({ type: 'close-due', data: {} }).then(
      () => wait(),
      () => wait(RETRY_MS),
    );
  };
  const release = room.subscribe(({ type }) => {
    if (mayTime.has(type)) wait();
  });
  wait();
  return () => {
    release();
    callOff();
  };
}

/** What opens or closes something with a timer. */
const mayTime: ReadonlySet<string> = new Set([
  'guess-opened',
  'guess-reopened',
  'guess-discussed',
  'guess-closed',
  'guess-revealed',
  'poll-opened',
  'poll-reopened',
  'poll-closed',
  'poll-revealed',
  'room-ended',
]);
