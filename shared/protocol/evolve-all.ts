/** Folds what has been decided but not yet numbered: for decisions that go on from what they have decided themselves. */
import type { RoomEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { PersonId, RoomState } from './state.ts';

/** Returns the state as it will be once these events have happened. */
export const evolveAll = (state: RoomState, events: readonly RoomEvent[], by: PersonId, at: number): RoomState =>
  events.reduce<RoomState>((folded, event) => evolve(folded, { seq: 0, at, by, ...event }), state);
