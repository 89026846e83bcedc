/** The export of a large room, over a store that counts: it is read as it is written, a page at a time. */
import { expect, test } from 'vitest';
import { exportSession } from '../../server/http/export.ts';
import { TestRoom } from '../protocol/room.ts';

const RUNS = 600;
const STEPS = 200;
const host = { id: 'host-key', role: 'host' } as const;

/** A room with so many runs, and a store that has all of their measurements and counts what is read. */
function largeRoom() {
  const room = new TestRoom();
  const person = room.join('host');
  for (let n = 0; n < RUNS; n++) room.start(person, STEPS);
  const read = { most: 0, rows: 0 };
  const rowsOf = <T>(rows: readonly T[], most: number | undefined): T[] => {
    read.most = Math.max(read.most, most ?? Infinity);
    const page = rows.slice(0, most);
    read.rows += page.length;
    return page;
  };
  const steps = Array.from({ length: STEPS + 1 }, (_, step) => ({ line: `{"step":${step}}`, seconds: 0 }));
  const stores = {
    events: { eventsAfter: (after: number, most?: number) => Promise.resolve(rowsOf(room.log.slice(after), most)) },
    runs: {
      front: () => Promise.resolve(STEPS),
      lines: (_run: unknown, from: number, _to: number, most?: number) =>
        Promise.resolve(rowsOf(steps.slice(from), most)),
    },
  };
  const moment = { log: 'log', state: room.state, seq: room.log.length, at: room.now };
  return { pieces: exportSession(moment, host, stores), read, events: room.log.length };
}

test('An export of 600 runs has every measurement, and reads a page of them at a time', async () => {
  const { pieces, read, events } = largeRoom();
  let lines = 0;
  let longest = 0;
  for await (const piece of pieces) {
    lines += piece.split('\n').length - 1;
    longest = Math.max(longest, piece.split('\n').length - 1);
  }
  expect(lines).toBe(1 + events + RUNS * (1 + STEPS + 1) + 1);
  expect({ longest, most: read.most }).toEqual({ longest: 64, most: 64 });
});

test('An export whose reader pauses reads no further', async () => {
  const { pieces, read, events } = largeRoom();
  for (let n = 0; n < 2 + Math.ceil(events / 64); n++) await pieces.next();
  expect(read.rows).toBe(events);
  await pieces.return(undefined);
  expect(read.rows).toBe(events);
});
