/** What training leaves behind: which runs and sweeps are due, measurements in full, and checkpoints to go on or to fork from. */
import { sql, type Transaction } from 'kysely';
import type { RunEnd } from '../../shared/protocol/state.ts';
import {
  type Brought,
  type Claim,
  dispensable,
  nameOf,
  type RunKey,
  type StoredCheckpoint,
  type StoredMeasurement,
  type TimedLine,
} from '../../shared/training/store.ts';
import { attemptsIn, isHeld } from './attempts.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/** Rows of one insert; SQLite allows 32,766 parameters in a statement. */
const ROWS_PER_INSERT = 500;

export type RunStore = ReturnType<typeof runStore>;

/** Opens the runs' part of the store over a database; `now` is in ms, as others who share the database have it. */
export function runStore(database: Database, now: () => number = Date.now) {
  return {
    ...attemptsIn(database, now),

    /** The runs and sweeps that are to be trained; what has ended behind a guess is not. */
    due: (): Promise<RunKey[]> =>
      database
        .selectFrom('runs')
        .select(['room', 'run'])
        .where('due', '=', 1)
        .where('held', 'is', null)
        .orderBy('room')
        .orderBy('run')
        .execute(),

    /** Keeps how training ended until its room may be told; false where another attempt has begun. */
    hold: (claim: Claim, end: RunEnd): Promise<boolean> =>
      database.transaction().execute(async (transaction) => {
        if (!(await isHeld(transaction, claim, now()))) return false;
        const { room, run } = claim;
        const held = JSON.stringify(end);
        await transaction.updateTable('runs').set({ held }).where('room', '=', room).where('run', '=', run).execute();
        return true;
      }),

    /** The ends of a room's runs that it has not been told of. */
    async heldEnds(room: string): Promise<Map<string, RunEnd>> {
      const rows = await database
        .selectFrom('runs')
        .select(['run', 'held'])
        .where('room', '=', room)
        .where('due', '=', 1)
        .where('held', 'is not', null)
        .execute();
      // The store has only what `hold` wrote.
      return new Map(rows.map(({ run, held }) => [run, JSON.parse(held ?? '') as RunEnd]));
    },

    /** Keeps what attempts have brought, in one transaction; returns those after which another has begun, of which nothing is kept. */
    keep: (brought: readonly Brought[]): Promise<Claim[]> =>
      database.transaction().execute(async (transaction) => {
        const lost: Claim[] = [];
        // Rows are locked in one order, so that two who share runs do not wait for each other.
        const inOrder = brought.toSorted((a, b) => (nameOf(a.claim) < nameOf(b.claim) ? -1 : 1));
        for (const { claim, measurements, checkpoints } of inOrder) {
          if (!(await isHeld(transaction, claim, now()))) {
            lost.push(claim);
            continue;
          }
          await addMeasurements(transaction, claim, measurements);
          for (const checkpoint of checkpoints) await addCheckpoint(transaction, claim, checkpoint);
        }
        return lost;
      }),

    /**
     * Reads lines and how many seconds of training had passed, with steps from `from` to `to`, both included, in the order of
     * steps; the first `most` of them where that is given.
     */
    lines: ({ room, run }: RunKey, from: number, to: number, most?: number): Promise<TimedLine[]> =>
      database
        .selectFrom('measurements')
        .select(['line', 'seconds'])
        .where('room', '=', room)
        .where('run', '=', run)
        .where('step', '>=', from)
        .where('step', '<=', to)
        .orderBy('step')
        .$if(most !== undefined, (query) => query.limit(most ?? 0))
        .execute(),

    /** Seconds of training that a run had taken when it was measured last at or before a step; 0 before the first time. */
    async secondsAt({ room, run }: RunKey, step: number): Promise<number> {
      const row = await database
        .selectFrom('measurements')
        .select((e) => e.fn.max('seconds').as('seconds'))
        .where('room', '=', room)
        .where('run', '=', run)
        .where('step', '<=', step)
        .executeTakeFirst();
      return Number(row?.seconds ?? 0);
    },

    /** Reads what ticks carry of a run, in the order of steps; after a step where that is given. */
    async points({ room, run }: RunKey, after = -1): Promise<string[]> {
      const rows = await database
        .selectFrom('measurements')
        .select('point')
        .where('room', '=', room)
        .where('run', '=', run)
        .where('step', '>', after)
        .orderBy('step')
        .execute();
      return rows.map((row) => row.point);
    },

    /** The last measured step, at or before `to` where that is given; -1 where there is none. */
    async front({ room, run }: RunKey, to: number = Number.MAX_SAFE_INTEGER): Promise<number> {
      const row = await database
        .selectFrom('measurements')
        .select((e) => e.fn.max('step').as('step'))
        .where('room', '=', room)
        .where('run', '=', run)
        .where('step', '<=', to)
        .executeTakeFirst();
      return row?.step === null || row === undefined ? -1 : Number(row.step);
    },

    /** The last measured step of every run of a room that has one. */
    async fronts(room: string): Promise<Map<string, number>> {
      const rows = await database
        .selectFrom('measurements')
        .select((e) => ['run', e.fn.max('step').as('step')])
        .where('room', '=', room)
        .groupBy('run')
        .execute();
      return new Map(rows.map((row) => [row.run, Number(row.step)]));
    },

    /** The last measured step of each of these runs that has one. */
    async frontsOf(runs: readonly RunKey[]): Promise<(RunKey & { readonly front: number })[]> {
      const rows = await database
        .selectFrom('measurements')
        .select((e) => ['room', 'run', e.fn.max('step').as('step')])
        .where(({ eb, refTuple, tuple }) =>
          eb(
            refTuple('room', 'run'),
            'in',
            runs.map(({ room, run }) => tuple(room, run)),
          ),
        )
        .groupBy(['room', 'run'])
        .execute();
      return rows.map(({ room, run, step }) => ({ room, run, front: Number(step) }));
    },

    /** The newest checkpoint at or before a step. */
    checkpoint: ({ room, run }: RunKey, atOrBefore: number): Promise<StoredCheckpoint | undefined> =>
      database
        .selectFrom('checkpoints')
        .select(['step', 'bytes'])
        .where('room', '=', room)
        .where('run', '=', run)
        .where('step', '<=', atOrBefore)
        .orderBy('step', 'desc')
        .limit(1)
        .executeTakeFirst(),

    /** Answers whether the store can be written and read, for readiness. */
    async check(): Promise<void> {
      await sql`select 1`.execute(database);
    },
  };
}

/** Keeps measurements; one that is there already stays, since a recomputed one has the same numbers. */
async function addMeasurements(
  transaction: Transaction<Tables>,
  { room, run }: RunKey,
  measurements: readonly StoredMeasurement[],
): Promise<void> {
  for (let from = 0; from < measurements.length; from += ROWS_PER_INSERT) {
    const rows = measurements.slice(from, from + ROWS_PER_INSERT).map((measured) => ({ room, run, ...measured }));
    await transaction
      .insertInto('measurements')
      .values(rows)
      .onConflict((c) => c.doNothing())
      .execute();
  }
}

async function addCheckpoint(
  transaction: Transaction<Tables>,
  { room, run }: RunKey,
  checkpoint: StoredCheckpoint,
): Promise<void> {
  await transaction
    .insertInto('checkpoints')
    .values({ room, run, ...checkpoint })
    .onConflict((c) => c.doNothing())
    .execute();
  const rows = await transaction
    .selectFrom('checkpoints')
    .select('step')
    .where('room', '=', room)
    .where('run', '=', run)
    .orderBy('step')
    .execute();
  const extra = dispensable(rows.map((row) => Number(row.step)));
  if (extra === null) return;
  await transaction
    .deleteFrom('checkpoints')
    .where('room', '=', room)
    .where('run', '=', run)
    .where('step', '=', extra)
    .execute();
}
