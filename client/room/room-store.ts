/** What React draws of a room: facts, connection, people, progress. Frames are not here; they would redraw everything. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CommandType } from '../../shared/protocol/commands.ts';
import type { Chain } from '../../shared/core/chain.ts';
import { type ChainsTold, noChains } from '../../shared/protocol/chains.ts';
import type { ReactionCounts } from '../../shared/protocol/reactions.ts';
import type { Refusal } from '../../shared/protocol/refusal.ts';
import { noSecrets, type Secrets } from '../../shared/protocol/secrets.ts';
import type { PersonId, RoomState, RunId } from '../../shared/protocol/state.ts';
import type { Tick, TickRun, You } from '../../shared/protocol/wire.ts';
import type { Look } from './stage.ts';

export type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** At the door, under this name, until somebody who leads lets them in. */
  | { readonly kind: 'waiting'; readonly name: string }
  | { readonly kind: 'reconnecting'; readonly slow: boolean }
  | { readonly kind: 'refused'; readonly error: Refusal }
  | { readonly kind: 'ended' };

/** `share` instead of a step, while a guess stands between the run and the room. */
export type Progress = { readonly step: number; readonly status: TickRun['status']; readonly share?: number };

export type RoomView = {
  readonly connection: Connection;
  readonly you: You | null;
  readonly state: RoomState | null;
  /** What this person may know that not everybody does. */
  readonly secrets: Secrets;
  readonly connected: ReadonlySet<PersonId>;
  /** Who has been cut off less than a minute ago. */
  readonly away: ReadonlySet<PersonId>;
  readonly progress: Readonly<Record<RunId, Progress>>;
  /** Commands that have been sent and not answered, by id. */
  readonly waiting: Readonly<Record<string, { readonly type: CommandType; readonly about: string | null }>>;
  readonly look: Look;
  /** Signs that people have given in the last seconds. */
  readonly reactions: ReactionCounts;
  /** How the chains of the class stand, and the own one; null before there is one. */
  readonly chains: ChainsTold;
  readonly ownChain: Chain | null;
  /** The last command that was refused, until somebody has read it. */
  readonly refusal: Refusal | null;
};

export type RoomStore = StoreApi<RoomView>;

/** Builds the store of a room that has not answered yet. */
export function createRoomStore(): RoomStore {
  return createStore<RoomView>(() => ({
    connection: { kind: 'connecting' },
    you: null,
    state: null,
    secrets: noSecrets,
    connected: new Set(),
    away: new Set(),
    progress: {},
    waiting: {},
    look: { kind: 'class' },
    reactions: { clear: 0, lost: 0, wow: 0, slower: 0 },
    chains: noChains,
    ownChain: null,
    refusal: null,
  }));
}

/** Returns the progress after a tick; the same object where nothing a person could see has changed. */
export function progressAfter(progress: RoomView['progress'], tick: Tick): RoomView['progress'] {
  const changed = tick.runs.filter(({ run, step, status, share }) => {
    const known = progress[run];
    return known?.status !== status || known.step !== step || known.share !== share;
  });
  if (changed.length === 0) return progress;
  const entries = changed.map(({ run, step, status, share }): [RunId, Progress] => [
    run,
    share === undefined ? { step, status } : { step, status, share },
  ]);
  return { ...progress, ...Object.fromEntries(entries) };
}
