/** What a picture of the gallery shows: what the test hands to the page. */
import type { RoomState } from '../../../shared/protocol/state.ts';
import type { Tick, You } from '../../../shared/protocol/wire.ts';

/** `deck`: the plot that the address names, in its card. `outcomes`: the small plots below it. `screen`: the projector's. */
export type Frame = 'deck' | 'outcomes' | 'screen';

export type Hanging = {
  readonly frame: Frame;
  readonly state: RoomState;
  readonly you: You;
  /** The last tick that came. */
  readonly tick: Tick;
};
