/** What the page and the worker in which its room lives say to each other: one union a direction. */
import type { ImageChoice } from '../../shared/protocol/images.ts';
import type { NumberedEvent } from '../../shared/protocol/events.ts';
import type { DrawnMetric } from '../../shared/protocol/metrics.ts';
import type { LookPart } from '../../shared/protocol/look.ts';
import type { RunId } from '../../shared/protocol/state.ts';
import type { Presence, Tick, Welcome } from '../../shared/protocol/wire.ts';
import type { RoomWish } from '../../shared/serving/first-event.ts';

/** What is to be done in the room, who does it, and the images without which it cannot begin. */
export type Order = { readonly wish: RoomWish; readonly name: string; readonly images: ImageChoice };

/** What the page wants to read. */
export type Question =
  | {
      readonly kind: 'curves';
      readonly run: RunId;
      readonly metrics: readonly DrawnMetric[];
      readonly from: number;
      readonly to: number;
      readonly points: number;
    }
  | { readonly kind: 'several'; readonly query: Readonly<Record<string, string>> }
  | { readonly kind: 'lines'; readonly run: RunId; readonly from: number; readonly to: number }
  | { readonly kind: 'look'; readonly run: RunId; readonly step: number; readonly parts: readonly LookPart[] }
  | { readonly kind: 'majorities'; readonly train: number; readonly test: number }
  | { readonly kind: 'speed' }
  | { readonly kind: 'time' };

/** What is answered by `answer` bears the same `n`. */
export type ToRoom =
  | { readonly type: 'open'; readonly order: Order }
  | { readonly type: 'command'; readonly n: number; readonly input: unknown }
  | { readonly type: 'resume'; readonly n: number }
  | { readonly type: 'ask'; readonly n: number; readonly question: Question }
  /** Whether the images may be loaded that the room has asked for. */
  | { readonly type: 'images'; readonly agreed: boolean };

/** How the loading of images stands; `asking` and `failed` wait for somebody to say whether to go on. */
export type ImageStanding =
  | { readonly kind: 'idle' }
  | { readonly kind: 'asking'; readonly images: number; readonly megabytes: number }
  | { readonly kind: 'loading'; readonly share: number }
  | { readonly kind: 'failed'; readonly megabytes: number };

export type FromRoom =
  | { readonly type: 'welcome'; readonly welcome: Welcome }
  | { readonly type: 'event'; readonly event: NumberedEvent }
  | { readonly type: 'tick'; readonly tick: Tick }
  | { readonly type: 'presence'; readonly presence: Presence }
  | { readonly type: 'answer'; readonly n: number; readonly answer: unknown }
  | { readonly type: 'failed'; readonly n: number; readonly message: string }
  | { readonly type: 'images'; readonly standing: ImageStanding }
  /** The room is open and needs nothing more of the server, unless it asks for images. */
  | { readonly type: 'ready' }
  /** The room cannot be opened. */
  | { readonly type: 'fault'; readonly message: string };
