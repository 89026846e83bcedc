/**
 * The export of a session, written while it is read: a page of events or measurements is in memory at a time, however long the
 * session was. What it holds is said in shared/protocol/session-file.ts.
 */
import { digestOfText } from '../../shared/core/digest.ts';
import {
  exportedEvent,
  exportedTo,
  type Reader,
  sessionFormat,
  type SessionRun,
  sessionText,
} from '../../shared/protocol/session-file.ts';
import type { NumberedEvent } from '../../shared/protocol/events.ts';
import { isSealed } from '../../shared/protocol/guesses.ts';
import { hasEnded, type RoomRun, type RoomState } from '../../shared/protocol/state.ts';
import type { Room } from '../../shared/serving/room.ts';
import type { RunStore } from '../store/runs.ts';

/** Rows read at once, about a hundred kB: so long other requests wait at most. */
const PAGE = 64;

/** A room at one event: what is exported does not move while it is written. */
export type Moment = { readonly log: string; readonly state: RoomState; readonly seq: number; readonly at: number };
export type SessionStores = {
  readonly events: Pick<Room, 'eventsAfter'>;
  readonly runs: Pick<RunStore, 'front' | 'lines'>;
};

/** Writes the session up to a moment as `reader` may have it, a piece of text at a time. */
export async function* exportSession(moment: Moment, reader: Reader, stores: SessionStores): AsyncGenerator<string> {
  const { log, state, seq, at } = moment;
  const runs = Object.values(state.runs);
  const waiting = runs.filter(({ id }) => isSealed(state, id)).map(({ id }) => id);
  const lines: SessionRun[] = [];
  for (const run of runs) lines.push(await runLine(moment, run, reader, stores));
  const incomplete = lines.filter((line) => !isComplete(line)).map(({ run }) => run);
  yield sessionText({
    kind: 'session',
    format: sessionFormat,
    room: state.id,
    log,
    seq,
    at,
    hash: digestOfText(JSON.stringify(state)),
    for: reader.role,
    engines: [...new Set(runs.map(({ engine }) => engine))],
    waiting,
    incomplete: incomplete.filter((run) => !waiting.includes(run)),
  });
  for await (const events of eventPages(moment, stores))
    yield events.map((event) => sessionText({ kind: 'event', event: exportedEvent(state, event, reader) })).join('');
  let measurements = 0;
  for (const line of lines) {
    yield sessionText(line);
    for (let from = 0; from <= line.measuredTo;) {
      const page = await stores.runs.lines({ room: state.id, run: line.run }, from, line.measuredTo, PAGE);
      const last = page.at(-1);
      if (last === undefined) break;
      measurements += page.length;
      yield page.map((one) => sessionText({ kind: 'measurement', line: one.line })).join('');
      from = stepOf(last.line) + 1;
    }
  }
  yield sessionText({ kind: 'end', events: seq, runs: lines.length, measurements });
}

/** Reads the events up to a moment, a page at a time. */
export async function* eventPages(
  { state, seq }: Pick<Moment, 'state' | 'seq'>,
  { events }: Pick<SessionStores, 'events'>,
): AsyncGenerator<NumberedEvent[]> {
  for (let after = 0; after < seq;) {
    const page = await events.eventsAfter(after, Math.min(PAGE, seq - after));
    if (page.length === 0) throw new Error(`invariant violation: room ${state.id} has no event ${after + 1}`);
    yield page;
    after += page.length;
  }
}

/** What is said of a run, with the step to which its measurements go: those that come later are of another export. */
async function runLine(
  { state, at }: Moment,
  run: RoomRun,
  reader: Reader,
  { runs }: SessionStores,
): Promise<SessionRun> {
  const { id, label, engine, configuration, origin, status } = run;
  const to = exportedTo(state, run, reader, at);
  const measuredTo = to < 0 ? -1 : await runs.front({ room: state.id, run: id }, to);
  return { kind: 'run', run: id, label, engine, configuration, origin, status, measuredTo };
}

/** The step of a measurement as the store has it, which holds only what this server wrote. */
const stepOf = (line: string): number => (JSON.parse(line) as { step: number }).step;

const isComplete = ({ status, measuredTo }: SessionRun): boolean => hasEnded(status) && measuredTo >= status.step;
