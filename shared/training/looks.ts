/**
 * Looks that people have asked for: each is computed once, whoever asks meanwhile waits for the same one, and the newest are
 * kept. A room has few in work at a time, so that a class that looks around does not stop its own training.
 */
import { hasEngine } from '../core/kernels/choice.ts';
import { flopsOf, planOf } from '../core/plan.ts';
import { accepted, refused, type Result } from '../protocol/refusal.ts';
import { lookUp, type RoomRun, type RoomState } from '../protocol/state.ts';
import type { RunKeeper } from './keeper.ts';
import type { Looked } from './messages.ts';
import { Slots } from './slots.ts';
import type { StoredCheckpoint, TrainingStore } from './store.ts';

/** Looks of one room that are in work, and that wait for these. */
const AT_ONCE = 2;
const WAITING = 16;
/** Of all these, those that one person has asked for, so that nobody fills the line alone. */
const PER_PERSON = 4;
/** Operations of the training from the nearest checkpoint to the step: with more, people would wait for minutes. */
const MAX_LOOK_FLOPS = 1e12;
const CACHE_BYTES = 64e6;

/** A look as it is kept. */
export type KeptLook = Looked & { readonly engine: string; readonly step: number };

export type LooksParts = {
  readonly store: Pick<TrainingStore, 'checkpoint'>;
  readonly keeper: Pick<RunKeeper, 'look'>;
  readonly log: { readonly error: (fields: object, text: string) => void };
  readonly cacheBytes?: number;
};

export class Looks {
  readonly #parts: LooksParts;
  /** Looks by run and step, the one that was asked for last at the end. */
  readonly #kept = new Map<string, KeptLook>();
  readonly #bytes: number;
  #keptBytes = 0;
  readonly #coming = new Map<string, Promise<Result<KeptLook>>>();
  readonly #ofRoom = new Slots(AT_ONCE, WAITING);
  /** Taken by whoever was the first to ask for a look. */
  readonly #ofPerson = new Slots(PER_PERSON, 0);

  constructor(parts: LooksParts) {
    this.#parts = parts;
    this.#bytes = parts.cacheBytes ?? CACHE_BYTES;
  }

  /**
   * Looks into a run of a room after `step` whole steps, to which it, or the parent that it goes on from, has been trained.
   * `who` asks, by a name of theirs in the room.
   */
  at(state: RoomState, run: RoomRun, step: number, who: string): Promise<Result<KeptLook>> {
    const owner = ownerOf(state, run, step);
    const name = `${nameOf(state, owner)} ${step}`;
    const kept = this.#kept.get(name);
    if (kept !== undefined) {
      this.#kept.delete(name);
      this.#kept.set(name, kept);
      return Promise.resolve(accepted(kept));
    }
    const coming = this.#coming.get(name);
    if (coming !== undefined) return coming;
    if (!hasEngine(owner.engine)) {
      const message = `${owner.id} was trained by engine ${owner.engine}, which this version does not have`;
      return Promise.resolve(refused('conflict', message, 'run'));
    }
    const person = `${state.id}/${who}`;
    if (this.#ofPerson.take(person) === null) {
      const message = `${PER_PERSON} looks that you asked for are being worked at, which is the limit; wait for one of them`;
      return Promise.resolve(refused('rate-limited', message));
    }
    const turn = this.#ofRoom.take(state.id);
    if (turn === null) {
      this.#ofPerson.free(person);
      const message = `${AT_ONCE + WAITING} looks into runs of this room are being worked at, which is the limit; try again`;
      return Promise.resolve(refused('rate-limited', message));
    }
    const look = turn
      .then(() => this.#look(state, owner, step, name))
      .finally(() => {
        this.#ofRoom.free(state.id);
        this.#ofPerson.free(person);
        this.#coming.delete(name);
      });
    this.#coming.set(name, look);
    return look;
  }

  async #look(state: RoomState, run: RoomRun, step: number, name: string): Promise<Result<KeptLook>> {
    try {
      const nearest = await this.#nearest(state, run, step);
      const near = tooFar(run, nearest?.step ?? 0, step);
      if (!near.ok) return near;
      const { configuration, engine } = run;
      const saved = nearest?.bytes ?? null;
      const seen = await this.#parts.keeper.look({ room: state.id, configuration, engine, saved, step });
      const look = { ...seen, engine, step };
      this.#keep(name, look);
      return accepted(look);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#parts.log.error({ room: state.id, run: run.id, step, reason }, 'a look failed');
      return refused('unavailable', `${run.id} cannot be looked at at step ${step} just now: ${reason}`);
    }
  }

  /** Where the run was saved nearest before a step: by its training, or with a look that is kept. */
  async #nearest(state: RoomState, run: RoomRun, step: number): Promise<StoredCheckpoint | undefined> {
    let nearest = await this.#parts.store.checkpoint({ room: state.id, run: run.id }, step);
    // A fork goes on from its own first checkpoint; without one it cannot be computed from its configuration alone.
    if (nearest === undefined && run.origin !== null) throw new Error('it has not been saved yet');
    for (const [name, look] of this.#kept) {
      if (!name.startsWith(`${nameOf(state, run)} `) || look.step > step || look.step <= (nearest?.step ?? 0)) continue;
      nearest = { step: look.step, bytes: look.saved };
    }
    return nearest;
  }

  #keep(name: string, look: KeptLook): void {
    this.#kept.set(name, look);
    this.#keptBytes += bytesOf(look);
    for (const [oldest, old] of this.#kept) {
      if (this.#keptBytes <= this.#bytes) return;
      this.#kept.delete(oldest);
      this.#keptBytes -= bytesOf(old);
    }
  }
}

const nameOf = (state: RoomState, run: RoomRun): string => `${state.id}/${run.id}`;

/** The run that is at a step: before it began, a fork is its parent. */
export function ownerOf(state: RoomState, run: RoomRun, step: number): RoomRun {
  if (run.origin === null || step >= run.origin.step) return run;
  const parent = lookUp(state.runs, run.origin.run);
  if (parent === undefined) throw new Error(`invariant violation: ${run.id} is a fork of ${run.origin.run}`);
  return ownerOf(state, parent, step);
}

/** Refuses what would take too long, and names the step that would not. */
function tooFar({ id, configuration }: RoomRun, from: number, step: number): Result<null> {
  const flops = (flopsOf(configuration) * (step - from)) / planOf(configuration).steps;
  if (flops <= MAX_LOOK_FLOPS) return accepted(null);
  const needs = `to bring ${id} from step ${from} to step ${step} takes about ${flops.toExponential(1)} floating-point operations`;
  return refused(
    'too-expensive',
    `${needs}; the limit is ${MAX_LOOK_FLOPS.toExponential(1)}: look at step ${from}`,
    'step',
  );
}

/** A text has two bytes a character at most. */
const bytesOf = ({ look, saved }: KeptLook): number =>
  saved.byteLength + Object.values(look).reduce((sum, text) => sum + 2 * text.length, 0);
