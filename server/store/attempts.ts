/**
 * Attempts at training a run or a class sweep: who began last may write, whoever was before may not. A counter in the run's row
 * says which attempt is the newest, and writing it in the transaction of every write both checks it and keeps others from raising
 * it meanwhile. That the clocks of several machines agree is asked for no more closely than to some seconds: a clock that is
 * wrong lets somebody begin too early, and then the earlier attempt writes nothing.
 */
import { sql, type Transaction } from 'kysely';
import type { Claim, RunKey } from '../../shared/training/store.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/** Opens the attempts' part of the store over a database. */
export function attemptsIn(database: Database, now: () => number) {
  return {
    async beginAttempt({ room, run }: RunKey, quietMs: number): Promise<Claim | null> {
      const at = now();
      const row = await database
        .updateTable('runs')
        .set((e) => ({ attempt: e('attempt', '+', 1), heartbeatAt: at }))
        .where('room', '=', room)
        .where('run', '=', run)
        .where('due', '=', 1)
        .where('held', 'is', null)
        .where((e) => e.or([e('heartbeatAt', 'is', null), e('heartbeatAt', '<=', at - quietMs)]))
        .returning('attempt')
        .executeTakeFirst();
      return row === undefined ? null : { room, run, attempt: row.attempt };
    },

    async beat(claims: readonly Claim[]): Promise<Claim[]> {
      const lost: Claim[] = [];
      for (const claim of claims) if (!(await isHeld(database, claim, now()))) lost.push(claim);
      return lost;
    },

    async release(claims: readonly Claim[]): Promise<void> {
      for (const claim of claims) await isHeld(database, claim, null);
    },
  };
}

/** A run or a sweep that waits to be trained, and how many attempts at it there have been. */
export type Overdue = RunKey & { readonly attempt: number };

/** Names the lock under which one server at a time sees to what is overdue. */
const OVERSEEING = 7_203_512;

/**
 * Does something about what is due and of which there has been no sign of life for `quietMs`, while no other server of the same
 * PostgreSQL does so; does nothing where one does.
 */
export function withOverdue(
  database: Database,
  now: () => number,
  quietMs: number,
  work: (overdue: readonly Overdue[]) => Promise<void>,
): Promise<void> {
  return database.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${OVERSEEING}) as mine`.execute(
      transaction,
    );
    if (rows[0]?.mine !== true) return;
    const overdue = await transaction
      .selectFrom('runs')
      .select(['room', 'run', 'attempt'])
      .where('due', '=', 1)
      .where('held', 'is', null)
      .where((e) => e.or([e('heartbeatAt', 'is', null), e('heartbeatAt', '<=', now() - quietMs)]))
      .orderBy('room')
      .orderBy('run')
      .execute();
    await work(overdue);
  });
}

/** The id of the lab that a database is of. */
export async function labIdOf(database: Database): Promise<string> {
  const { id } = await database.selectFrom('lab').select('id').executeTakeFirstOrThrow();
  return id;
}

/**
 * Whether an attempt is the newest of a run that is not over, and stays it until the end of the transaction. `heartbeatAt` is
 * noted as its last sign of life where it is given.
 */
export async function isHeld(
  database: Database | Transaction<Tables>,
  { room, run, attempt }: Claim,
  heartbeatAt?: number | null,
): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('runs')
    .set(heartbeatAt === undefined ? { attempt } : { heartbeatAt })
    .where('room', '=', room)
    .where('run', '=', run)
    .where('attempt', '=', attempt)
    .where('due', '=', 1)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
