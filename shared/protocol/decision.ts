/** What a decision is made from and what it is: the types that all parts of `decide` share. */
import type { RunConfiguration } from '../core/configuration.ts';
import type { RoomEvent } from './events.ts';
import type { Limits } from './limits.ts';
import type { Refusal } from './refusal.ts';
import type { Secrets } from './secrets.ts';
import type { PersonId, RunEnd, RunId } from './state.ts';
import type { WireNumber } from './wire-numbers.ts';

/** What a decision depends on besides the room's state: the server's clock (ms), limits, engine, secrets, and what has been measured. */
export type Circumstances = {
  readonly now: number;
  readonly limits: Limits;
  /** Names the engine of a run that starts now, or null where a fork cannot be trained by its parent's. */
  readonly engineFor: (configuration: RunConfiguration, parent: string | null) => string | null;
  /** The last measured step of a run, -1 before the first. */
  readonly front: (run: RunId) => number;
  /** The speeds of a run's layers at a measured step, output last; null where it has not been measured. */
  readonly speedsAt: (run: RunId, step: number) => readonly WireNumber[] | null;
  /** How training ended behind a guess, which the room is told with the reveal; null where it has not ended. */
  readonly heldEnd: (run: RunId) => RunEnd | null;
  /** Estimated seconds of one training thread for a whole run; null while the server has not found out how fast it trains. */
  readonly secondsOf: (configuration: RunConfiguration) => number | null;
  /** Whether a person takes a place in the room: connected, or gone for so short a time that they may be on their way back. */
  readonly holdsSeat: (person: PersonId) => boolean;
  /** A code that no room has had, should this one get another. */
  readonly newCode: string;
  /** A whole number from 0 to 2^52 that nobody can foretell, for what is drawn in secret. */
  readonly seed: number;
  /** What people have told the room in confidence. */
  readonly secrets: Secrets;
};

/** `result` is what the ack tells the sender beyond the events, such as the identifier of what was made. */
export type Decision =
  | {
      readonly ok: true;
      readonly events: readonly RoomEvent[];
      readonly result?: Readonly<Record<string, string | number>>;
    }
  | { readonly ok: false; readonly error: Refusal };
