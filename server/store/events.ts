/**
 * The log of rooms: events in order, the answers to commands, people's identities. Appending is one transaction, which is
 * what makes the database the sequencer: whoever commits first is first.
 */
import type { Transaction } from 'kysely';
import type { NumberedEvent } from '../../shared/protocol/events.ts';
import type { CommandAck } from '../../shared/protocol/wire.ts';
import type { Addition, Lookup, StoredRoom } from '../../shared/serving/log.ts';
import { isHeld } from './attempts.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

export type StoredIdentity = { readonly room: string; readonly person: string };
export type RoomLog = ReturnType<typeof roomLog>;

/** Opens the log over a database, which other servers may use too where it is shared. */
export function roomLog(database: Database, isShared = false) {
  const roomColumns = ['id', 'code', 'log', 'hostKeyHash', 'seq'] as const;
  return {
    isShared,

    async createRoom(room: StoredRoom, first: NumberedEvent): Promise<void> {
      await database.transaction().execute(async (transaction) => {
        await transaction
          .insertInto('rooms')
          .values({ ...room, seq: 0, createdAt: first.at, endedAt: null })
          .execute();
        await append(transaction, room.id, { events: [first], answers: [], identities: [] });
      });
    },

    findByCode: (code: string): Promise<StoredRoom | undefined> =>
      database
        .selectFrom('rooms')
        .select(roomColumns)
        .where('code', '=', code)
        .where('endedAt', 'is', null)
        .executeTakeFirst(),

    /** Finds a room that has ended by the code that it had then. */
    findEnded: (code: string): Promise<StoredRoom | undefined> =>
      database
        .selectFrom('rooms')
        .select(roomColumns)
        .where('code', '=', code)
        .where('endedAt', 'is not', null)
        .executeTakeFirst(),

    isCodeTaken: (code: string): Promise<boolean> => isCodeTaken(database, code),

    findById: (id: string): Promise<StoredRoom | undefined> =>
      database.selectFrom('rooms').select(roomColumns).where('id', '=', id).executeTakeFirst(),

    async countRooms(): Promise<number> {
      const row = await database
        .selectFrom('rooms')
        .select((e) => e.fn.countAll().as('n'))
        .where('endedAt', 'is', null)
        .executeTakeFirstOrThrow();
      return Number(row.n);
    },

    /** The rooms in which nothing has happened since a time in ms. */
    async idleSince(time: number): Promise<string[]> {
      const rows = await database
        .selectFrom('rooms')
        .innerJoin('events', (join) => join.onRef('events.room', '=', 'rooms.id').onRef('events.seq', '=', 'rooms.seq'))
        .select('rooms.id')
        .where('events.at', '<', time)
        .execute();
      return rows.map(({ id }) => id);
    },

    /** The numbers of the last events of rooms; a room that has been removed is not among them. */
    async seqsOf(rooms: readonly string[]): Promise<Map<string, number>> {
      const rows = await database.selectFrom('rooms').select(['id', 'seq']).where('id', 'in', rooms).execute();
      return new Map(rows.map(({ id, seq }) => [id, seq]));
    },

    /** Removes a room for good, with everything that was ever stored of it. */
    async removeRoom(id: string): Promise<void> {
      await database.deleteFrom('rooms').where('id', '=', id).execute();
    },

    identity: (tokenHash: string): Promise<StoredIdentity | undefined> =>
      database
        .selectFrom('identities')
        .select(['room', 'person'])
        .where('tokenHash', '=', tokenHash)
        .executeTakeFirst(),

    async peopleOfDevice(room: string, device: string): Promise<string[]> {
      const rows = await database
        .selectFrom('devices')
        .select('person')
        .where('room', '=', room)
        .where('device', '=', device)
        .execute();
      return rows.map(({ person }) => person);
    },

    /** Reads the events after a number, in order; the first `most` of them where that is given. */
    eventsAfter: (room: string, seq: number, most?: number): Promise<NumberedEvent[]> =>
      readEvents(database, room, seq, most),

    /**
     * Runs `work` while nobody else can append to the room: it is given the events after `seen` and a way to look things up,
     * and what it returns is committed before this resolves.
     */
    async append<T>(
      room: string,
      seen: number,
      work: (unseen: readonly NumberedEvent[], lookup: Lookup) => Promise<{ addition: Addition; value: T }>,
    ): Promise<T> {
      return database.transaction().execute(async (transaction) => {
        // Writing the row locks it on engines that lock rows; on SQLite the transaction has the whole store.
        await transaction
          .updateTable('rooms')
          .set((e) => ({ seq: e.ref('seq') }))
          .where('id', '=', room)
          .execute();
        const unseen = await readEvents(transaction, room, seen);
        const { addition, value } = await work(unseen, {
          answerTo: (person, command) => readAnswer(transaction, room, person, command),
          isCodeTaken: (code) => isCodeTaken(transaction, code),
          isHeld: (claim) => isHeld(transaction, claim),
        });
        await append(transaction, room, addition);
        return value;
      });
    },
  };
}

async function readEvents(
  database: Database | Transaction<Tables>,
  room: string,
  after: number,
  most?: number,
): Promise<NumberedEvent[]> {
  const rows = await database
    .selectFrom('events')
    .select(['seq', 'at', 'by', 'type', 'data', 'private'])
    .where('room', '=', room)
    .where('seq', '>', after)
    .orderBy('seq')
    .$if(most !== undefined, (query) => query.limit(most ?? 0))
    .execute();
  // The log holds only what `append` wrote, so its rows are events by construction.
  return rows.map(({ private: secret, ...row }) => {
    const parts = secret === null ? {} : { private: JSON.parse(secret) as unknown };
    return { ...row, data: JSON.parse(row.data), ...parts } as NumberedEvent;
  });
}

/** A code stays taken when its room has ended, since by it people with a token still read that room. */
async function isCodeTaken(database: Database | Transaction<Tables>, code: string): Promise<boolean> {
  const row = await database.selectFrom('rooms').select('id').where('code', '=', code).executeTakeFirst();
  return row !== undefined;
}

async function readAnswer(
  transaction: Transaction<Tables>,
  room: string,
  person: string,
  command: string,
): Promise<CommandAck | null> {
  const row = await transaction
    .selectFrom('answers')
    .select('answer')
    .where('room', '=', room)
    .where('person', '=', person)
    .where('command', '=', command)
    .executeTakeFirst();
  return row === undefined ? null : (JSON.parse(row.answer) as CommandAck);
}

async function append(transaction: Transaction<Tables>, room: string, addition: Addition): Promise<void> {
  const { events, answers, identities, devices = [] } = addition;
  for (const event of events) {
    const { seq, at, by, type } = event;
    const secret = 'private' in event ? JSON.stringify(event.private) : null;
    await transaction
      .insertInto('events')
      .values({ room, seq, at, by, type, data: JSON.stringify(event.data), private: secret })
      .execute();
    if (type === 'run-started')
      await transaction.insertInto('runs').values({ room, run: event.data.run, due: 1, held: null }).execute();
    // A sweep is due as a run is, until all of it is measured or it is ended.
    if (type === 'sweep-started')
      await transaction.insertInto('runs').values({ room, run: event.data.sweep, due: 1, held: null }).execute();
    // A challenge is due whenever something that was asked for has not been measured.
    if (type === 'challenge-opened')
      await transaction
        .insertInto('runs')
        .values({ room, run: event.data.challenge, due: event.data.task.kind === 'match' ? 1 : 0, held: null })
        .execute();
    if (type === 'cells-claimed' || type === 'rescue-tried') await settle(transaction, room, event.data.challenge, 1);
    if (type === 'challenge-measured' && event.data.done) await settle(transaction, room, event.data.challenge);
    if (type === 'run-ended') await settle(transaction, room, event.data.run);
    if (type === 'sweep-ended' || (type === 'sweep-measured' && event.data.done))
      await settle(transaction, room, event.data.sweep);
    if (type === 'code-rotated')
      await transaction.updateTable('rooms').set({ code: event.data.code }).where('id', '=', room).execute();
    if (type === 'room-ended')
      await transaction.updateTable('rooms').set({ endedAt: at }).where('id', '=', room).execute();
  }
  for (const { person, command, answer } of answers) {
    await transaction
      .insertInto('answers')
      .values({ room, person, command, answer: JSON.stringify(answer) })
      .execute();
  }
  for (const identity of identities)
    await transaction
      .insertInto('identities')
      .values({ room, ...identity })
      .execute();
  for (const device of devices)
    await transaction
      .insertInto('devices')
      .values({ room, ...device })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  const last = events.at(-1);
  if (last !== undefined)
    await transaction.updateTable('rooms').set({ seq: last.seq }).where('id', '=', room).execute();
}

async function settle(transaction: Transaction<Tables>, room: string, run: string, due: 0 | 1 = 0): Promise<void> {
  // Nobody is at what is settled, so that whoever begins it again need not wait.
  const left = due === 0 ? { heartbeatAt: null } : {};
  await transaction
    .updateTable('runs')
    .set({ due, ...left })
    .where('room', '=', room)
    .where('run', '=', run)
    .execute();
}
